using Stillwatch.Benchmarks.Detection.Coordination;
using Stillwatch.Benchmarks.Detection.Metrics;

namespace Stillwatch.Benchmarks.Detection.Tests.Metrics;

public sealed class CampaignMeasuresTests
{
    /// <summary>Two campaigns of four (0-3, 4-7) and four benign accounts (8-11).</summary>
    private static readonly LabelledAccounts Truth = new(
        [.. Enumerable.Range(0, 12).Select(static account => account < 8)],
        [.. Enumerable.Repeat(true, 12)],
        [0, 0, 0, 0, 1, 1, 1, 1, -1, -1, -1, -1],
        [.. Enumerable.Repeat(string.Empty, 12)]);

    private static readonly double[] Scores = [9, 9, 9, 9, 5, 5, 5, 5, 4, 4, 4, 4];

    /// <summary>The first campaign is found whole but for one account; of the second half is in a group that is mostly benign.</summary>
    [Fact]
    public void Of_KnownGroups_AgreesWithTheHand()
    {
        var measures = CampaignMeasures.Of(Detect([0, 1, 2], [4, 5, 8, 9, 10], [6]), Truth);
        Assert.Equal((2, 2, 1), (measures.Campaigns, measures.Found, measures.FoundPure));
        Assert.Equal((1 + 0.4) / 2, measures.Purity, 1e-12);
        Assert.Equal(1.5, measures.Fragments, 1e-12);
        Assert.Equal((1, 3), (measures.FalseGroups, measures.Groups));
        Assert.Equal(1, measures.Recall);
    }

    [Fact]
    public void Of_HigherThreshold_KeepsTheMembersAboveOnly()
    {
        var measures = CampaignMeasures.Of(Detect([0, 1, 2, 3, 4, 5], [6, 7]), Truth, threshold: 6);
        Assert.Equal((1, 1, 1), (measures.Found, measures.FoundPure, measures.Groups));
        Assert.Equal(1, measures.Purity);
    }

    [Fact]
    public void Of_TheCampaignsThemselves_IsPerfect()
    {
        var measures = CampaignMeasures.Of(Detect([0, 1, 2, 3], [4, 5, 6, 7]), Truth);
        Assert.Equal((1, 1, 1), (measures.Purity, measures.Fragments, measures.AdjustedRand));
        Assert.Equal(1, measures.Agreement.F1);
    }

    [Fact]
    public void Of_NoGroups_FindsNothing()
    {
        var measures = CampaignMeasures.Of(Detect(), Truth);
        Assert.Equal((0, 0, 0), (measures.Found, measures.Groups, measures.FalseGroups));
        Assert.True(double.IsNaN(measures.Purity) && double.IsNaN(measures.Fragments));
    }

    private static Suspicion Detect(params int[][] groups) => new(Scores, new bool[12], groups);
}
