using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Windows;
using Stillwatch.Benchmarks.Detection.Windows.Contamination;
using Stillwatch.Benchmarks.Detection.Windows.Rivals;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Tests.Windows;

public sealed class LevelTests
{
    private const int Cuts = 150;
    private const double Level = 0.1;

    /// <summary>All that needs no matrix of 384 dimensions to be inverted in each cut.</summary>
    private const EvidenceKinds WithoutWhitening = EvidenceKinds.All & ~(EvidenceKinds.EmbeddingTails | EvidenceKinds.EmbeddingShift);

    /// <summary>Every query is there three times, so that the thirds share texts, as the real ones do.</summary>
    private static readonly QueryPair Repeating =
        new("repeating", [.. Enumerable.Repeat(Texts.Benign(70, 1), 3).SelectMany(static texts => texts)], []);

    private static readonly WindowOptions Options = new() { Folder = "unused", Seeds = 2, WindowSizes = [40, 500], Cuts = Cuts };

    private static readonly IWindowDetector[] Detectors =
    [
        new ContaminationDetector("Stillwatch", Level, WithoutWhitening),
        new CalibratedRival("discrepancy", false, Level, static setting => new MaximumMeanDiscrepancy(setting)),
    ];

    [Fact]
    public void OneWindowACut_OfBenignQueries_KeepsTheLevel()
    {
        var outcomes = Measure(OutcomeFile<LevelOutcome>.Open(null));
        Assert.Equal(Cuts, outcomes.Select(static outcome => outcome.Seed).Distinct().Count());
        Assert.All(outcomes.GroupBy(static outcome => outcome.Detector), static own =>
        {
            var flagged = own.Count(static outcome => outcome.PValue <= Level);
            Assert.True(ClopperPearson.Interval(flagged, Cuts, 0.999).Contains(Level), $"{own.Key}: {flagged} of {Cuts} flagged.");
        });
    }

    [Fact]
    public void KnownCuts_AreNotMeasuredAgain()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("level-").FullName, "level.jsonl");
        OutcomeFile<LevelOutcome>.Open(path).Keep(new("repeating", 3, 40, "Stillwatch", 0.123));
        var outcomes = new LevelExperiment(Repeating, Detectors, OutcomeFile<LevelOutcome>.Open(path))
            .Run(Options with { Cuts = 2 }, TestContext.Current.CancellationToken);
        Assert.Equal(0.123, outcomes.Single(static outcome => outcome is { Seed: 3, Detector: "Stillwatch" }).PValue);
        Assert.Equal(4, File.ReadLines(path).Count());
    }

    [Fact]
    public void Report_OfPValues_CountsThemUnderEachLevelWithTheExactInterval()
    {
        double[] values = [0.01, 0.02, 0.1, 0.5];
        var lines = new LevelReport([.. values.Select(static (p, seed) => new LevelOutcome("one", (ulong)seed, 40, "MMD", p))]).Lines();
        Assert.Contains(
            "| MMD | 4 | 1: 25.0 (0.6 to 80.6) | 2: 50.0 (6.8 to 93.2) | 3: 75.0 (19.4 to 99.4) | 1 |", lines);
    }

    private static IReadOnlyList<LevelOutcome> Measure(OutcomeFile<LevelOutcome> known) =>
        new LevelExperiment(Repeating, Detectors, known).Run(Options, TestContext.Current.CancellationToken);
}
