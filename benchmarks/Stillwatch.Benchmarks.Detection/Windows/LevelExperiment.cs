using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Windows.Features;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Windows;

/// <summary>
/// How often benign windows are flagged: one window a cut, so that given the queries of the pair every flag is an independent draw, which
/// windows of one cut are not.
/// </summary>
internal sealed class LevelExperiment(QueryPair pair, IReadOnlyList<IWindowDetector> detectors, OutcomeFile<LevelOutcome> known)
{
    /// <summary>Decimals that are kept: more than the draws tell apart, fewer than the logarithm rounds away.</summary>
    private const int Digits = 9;

    private readonly SparseQuery[] _queries = [.. pair.Benign.AsParallel().AsOrdered().Select(NGramHashing.Extract)];

    /// <summary>One outcome a cut, window size and detector.</summary>
    /// <remarks>Seeds are counted on from those of the other tables, so that these cuts are new ones.</remarks>
    public IReadOnlyList<LevelOutcome> Run(WindowOptions options, CancellationToken stop)
    {
        var outcomes = new LevelOutcome[options.Cuts][];
        Parallel.For(0, options.Cuts, new() { CancellationToken = stop, MaxDegreeOfParallelism = Environment.ProcessorCount }, cut =>
            outcomes[cut] = [.. OfCut(options, (ulong)(options.Seeds + 1 + cut))]);
        return [.. outcomes.SelectMany(static outcome => outcome)];
    }

    private IEnumerable<LevelOutcome> OfCut(WindowOptions options, ulong seed)
    {
        var thirds = BenignThirds.Cut(pair.Benign.Count, seed);
        var queries = new Lazy<EmbeddedQueries>(() => new(_queries, thirds.Reference));
        foreach (var size in options.WindowSizes.Where(size => size <= thirds.Test.Length))
        {
            foreach (var detector in detectors)
            {
                yield return known.Find(outcome =>
                        (outcome.Pair, outcome.Seed, outcome.WindowSize, outcome.Detector) == (pair.Name, seed, size, detector.Name))
                    ?? known.Keep(Measure(detector, new(queries.Value, thirds.Reference, thirds.Calibration, size, seed), thirds.Test));
            }
        }
    }

    private LevelOutcome Measure(IWindowDetector detector, WindowSetting setting, int[] test)
    {
        var generator = new SeededGenerator(setting.Seed, (ulong)setting.WindowSize);
        var window = RandomSubset.Draw(test, setting.WindowSize, ref generator);
        var p = detector.Fit(setting).PValueOf(window, ref generator);
        return new(pair.Name, setting.Seed, setting.WindowSize, detector.Name, Math.Round(p.Probability, Digits));
    }
}
