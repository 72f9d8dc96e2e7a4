using Stillwatch.Benchmarks.Detection.Accuracy;

namespace Stillwatch.Benchmarks.Detection.Tests.Accuracy;

public sealed class AccuracyTablesTests
{
    [Fact]
    public void Write_TwoSeeds_AddsUpCountsAndGivesExactIntervals()
    {
        using var text = new StringWriter();
        AccuracyTables.Write([Outcome(1, 18, 1), Outcome(2, 20, 0)], text);
        var lines = text.ToString().Split('\n');
        Assert.Contains(
            "| **log, all 2** | 2,000 | 38 of 40: 95.0 (83.1–99.4) | 38 of 39: 97.44 (86.52–99.94) | 1 of 200: 0.5 (0.0127–2.7542) | 6 | "
            + "0 of 2 |",
            lines);
        Assert.Contains("| log, one | hydra_plain | 2 of 2 | 38 of 40: 95.0 (83.1–99.4) | 1 |", lines);
        Assert.Contains("| chatter | 1 of 200: 0.5 (0.0127–2.7542) |", lines);
    }

    private static AccuracyOutcome Outcome(ulong seed, long found, long wronged) => new()
    {
        Setting = "log",
        Seed = seed,
        Interactions = 1000,
        Found = new(found, 20),
        Wronged = new(wronged, 100),
        ToReview = new(3, 100),
        FalseCampaigns = new(0, 1),
        Campaigns = new Dictionary<string, CampaignTally> { ["one"] = new("hydra_plain", true, new(found, 20), (int)seed) },
        Classes = new Dictionary<string, Tally> { ["chatter"] = new(wronged, 100) },
    };
}
