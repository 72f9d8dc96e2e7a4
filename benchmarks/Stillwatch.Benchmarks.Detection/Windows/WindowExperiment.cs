using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Windows.Features;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Windows;

/// <summary>All detectors, or all combinations of evidence, on all windows of one pair.</summary>
/// <param name="pair">The pair.</param>
/// <param name="detectors">The detectors; empty to compare the kinds of evidence of our own.</param>
/// <param name="known">Outcomes of an earlier run.</param>
internal sealed class WindowExperiment(
    QueryPair pair, IReadOnlyList<IWindowDetector> detectors, OutcomeFile<WindowOutcome> known)
{
    private readonly SparseQuery[] _queries =
        [.. pair.Benign.Concat(pair.Attack).AsParallel().AsOrdered().Select(NGramHashing.Extract)];

    /// <summary>One outcome a seed, window size and detector.</summary>
    /// <remarks>A window larger than the test third is left out: a third has no such window without repeats.</remarks>
    public IEnumerable<WindowOutcome> Run(WindowOptions options, Action<string> report, CancellationToken stop)
    {
        for (var seed = 1UL; seed <= (ulong)options.Seeds; seed++)
        {
            var thirds = BenignThirds.Cut(pair.Benign.Count, seed);
            var queries = new Lazy<EmbeddedQueries>(() => new(_queries, thirds.Reference));
            foreach (var size in options.WindowSizes.Where(size => size <= thirds.Test.Length))
            {
                var setting = new Lazy<WindowSetting>(() => new(queries.Value, thirds.Reference, thirds.Calibration, size, seed));
                foreach (var outcome in detectors.Count > 0
                    ? OfDetectors(setting, seed, size, thirds.Test, stop)
                    : OfEvidence(setting, seed, size, thirds.Test, stop))
                {
                    yield return outcome;
                }

                report($"{pair.Name}, seed {seed}, windows of {size}");
            }
        }
    }

    /// <summary>
    /// The source of a window's randomness: the same for every detector, so that they differ in what they see and not in what is drawn.
    /// </summary>
    /// <param name="setting">The setting.</param>
    /// <param name="kind">0 for benign windows, else one more than the place of the attacker's share.</param>
    /// <param name="window">The number of the window.</param>
    public static SeededGenerator GeneratorOf(WindowSetting setting, int kind, int window) =>
        new(setting.Seed, (ulong)(setting.WindowSize * 1000L + kind * 100 + window));

    private IEnumerable<WindowOutcome> OfDetectors(
        Lazy<WindowSetting> setting, ulong seed, int size, int[] test, CancellationToken stop)
    {
        foreach (var detector in detectors)
        {
            stop.ThrowIfCancellationRequested();
            yield return Find(seed, size, detector.Name)
                ?? known.Keep(Outcome(setting.Value, detector.Name, test, Shares(detector, setting.Value, test, stop)));
        }
    }

    private IEnumerable<WindowOutcome> OfEvidence(
        Lazy<WindowSetting> setting, ulong seed, int size, int[] test, CancellationToken stop)
    {
        var measured = new Lazy<double[][]>(() => EvidenceExperiment.Run(setting.Value, Windows(setting.Value, test), stop));
        for (var i = 0; i < EvidenceExperiment.Combinations.Count; i++)
        {
            var name = EvidenceExperiment.Combinations[i].Name;
            yield return Find(seed, size, name) ?? known.Keep(Outcome(setting.Value, name, test, measured.Value[i]));
        }
    }

    private WindowOutcome? Find(ulong seed, int size, string detector) => known.Find(outcome =>
        (outcome.Pair, outcome.Seed, outcome.WindowSize, outcome.Detector) == (pair.Name, seed, size, detector));

    /// <param name="setting">The setting.</param>
    /// <param name="detector">Name of the detector.</param>
    /// <param name="test">The test third.</param>
    /// <param name="shares">Shares of flagged windows: of the benign ones, then at each attacker's share.</param>
    private WindowOutcome Outcome(WindowSetting setting, string detector, int[] test, double[] shares) =>
        new(pair.Name, setting.Seed, setting.WindowSize, detector, shares[0], shares[1..], test.Length / setting.WindowSize);

    private TestWindows Windows(WindowSetting setting, int[] test) =>
        TestWindows.Draw(test, [.. Enumerable.Range(pair.Benign.Count, pair.Attack.Count)], setting.WindowSize, setting.Seed);

    private double[] Shares(IWindowDetector detector, WindowSetting setting, int[] test, CancellationToken stop)
    {
        var windows = Windows(setting, test);
        var fitted = detector.Fit(setting);
        return [Flagged(windows.Benign, 0), .. windows.Attack.Select((mixed, share) => Flagged(mixed, share + 1))];

        double Flagged(IReadOnlyList<int[]> tested, int kind)
        {
            var flagged = new bool[tested.Count];
            Parallel.For(0, tested.Count, new() { CancellationToken = stop }, window =>
            {
                var generator = GeneratorOf(setting, kind, window);
                flagged[window] = fitted.PValueOf(tested[window], ref generator).Rejects(detector.Level);
            });
            return (double)flagged.Count(static yes => yes) / flagged.Length;
        }
    }
}
