using Stillwatch.Benchmarks.Detection.Nulls;

namespace Stillwatch.Benchmarks.Detection.Tests.Nulls;

public sealed class CalibrationSummaryTests
{
    /// <summary>
    /// A world of 1 and 10, one of 0 and 1000, one without groups: means (1 + 10)/2 = 5.5 and (0 + 100)/2 = 50 with the cap, 27.75 in all;
    /// shares of at least 10: 1/2 and 1/2, of at least 100 and 1000: 0 and 1/2.
    /// </summary>
    [Fact]
    public void Of_TwoWorlds_GivesMeansOfMeansOverWorlds()
    {
        var summary = CalibrationSummary.Of([[0, 1], [-9999, 3], []]);
        Assert.Equal((4, 2, 3.0), (summary.Groups, summary.Worlds, summary.Largest));
        Assert.Equal(27.75, summary.Mean.Mean, 9);
        Assert.Equal((5.5, 50.0), (summary.Mean.Lower, summary.Mean.Upper));
        Assert.Equal([0.5, 0.25, 0.25], summary.Shares.Select(static share => share.Mean));
        Assert.InRange(summary.AtLeast, 0, 27.75);
    }

    /// <summary>A world counts once, however many groups it has.</summary>
    [Fact]
    public void Of_UnequalWorlds_WeighsWorldsAlike() =>
        Assert.Equal(1.5, CalibrationSummary.Of([[.. Enumerable.Repeat(0.0, 999)], [Math.Log10(2)]]).Mean.Mean, 9);

    [Fact]
    public void Of_NoGroups_IsEmpty()
    {
        var summary = CalibrationSummary.Of([[], []]);
        Assert.Equal((0, 0, double.NegativeInfinity), (summary.Groups, summary.Worlds, summary.Largest));
        Assert.Equal("–", summary.Mean.Number());
    }
}
