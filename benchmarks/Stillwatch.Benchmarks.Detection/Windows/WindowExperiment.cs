using Stillwatch.Benchmarks.Detection.Windows.Features;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Windows;

/// <summary>All detectors on all windows of one pair.</summary>
internal sealed class WindowExperiment(QueryPair pair, IReadOnlyList<IWindowDetector> detectors, OutcomeFile known)
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
                foreach (var detector in detectors)
                {
                    stop.ThrowIfCancellationRequested();
                    yield return known.Find(pair.Name, seed, size, detector.Name) ?? Keep(Run(
                        detector, new(queries.Value, thirds.Reference, thirds.Calibration, size, seed), thirds.Test, stop));
                }

                report($"{pair.Name}, seed {seed}, windows of {size}");
            }
        }
    }

    private WindowOutcome Keep(WindowOutcome outcome)
    {
        known.Add(outcome);
        return outcome;
    }

    private WindowOutcome Run(IWindowDetector detector, WindowSetting setting, int[] test, CancellationToken stop)
    {
        int[] attack = [.. Enumerable.Range(pair.Benign.Count, pair.Attack.Count)];
        var windows = TestWindows.Draw(test, attack, setting.WindowSize, setting.Seed);
        var fitted = detector.Fit(setting);
        return new(
            pair.Name,
            setting.Seed,
            setting.WindowSize,
            detector.Name,
            Flagged(windows.Benign, 0),
            [.. windows.Attack.Select((mixed, share) => Flagged(mixed, share + 1))],
            test.Length / setting.WindowSize);

        double Flagged(IReadOnlyList<int[]> tested, int kind)
        {
            var flagged = new bool[tested.Count];
            Parallel.For(0, tested.Count, new() { CancellationToken = stop }, window =>
            {
                var generator = new SeededGenerator(setting.Seed, (ulong)(setting.WindowSize * 1000L + kind * 100 + window));
                flagged[window] = fitted.PValueOf(tested[window], ref generator).Rejects(detector.Level);
            });
            return (double)flagged.Count(static yes => yes) / flagged.Length;
        }
    }
}
