using Stillwatch.Campaigns.Evidence;
using Stillwatch.Coordination;
using Stillwatch.Statistics;

namespace Stillwatch.Tests.Campaigns.Evidence;

/// <summary>Which groups of a log say what independent accounts look like, and for which groups.</summary>
public sealed class InterchangeabilityNullsTests
{
    [Fact]
    public void Fit_CampaignsAndTheirOverlaps_DoNotVouchForThemselves()
    {
        var log = Strangers(60, isWellSeen: true, static group => group % 7);
        var campaign = Observation([.. Enumerable.Range(100_000, 40)], true, 30, 28, -8);
        var part = Observation([.. Enumerable.Range(100_010, 20)], true, 20, 11, -8);
        Assert.Equal(Laws(InterchangeabilityNulls.Fit(log)), Laws(InterchangeabilityNulls.Fit([.. log, campaign, part])));
        Assert.NotEqual(
            Laws(InterchangeabilityNulls.Fit(log)), Laws(InterchangeabilityNulls.Fit([.. log, .. Strangers(30, true, static _ => 17)])));
    }

    [Fact]
    public void Fit_GroupsThatRepeatEachOther_DoNotCount()
    {
        var log = Enumerable.Range(0, 60).Select(static group => Observation([group], true, 30, 12, 0)).ToList();
        Assert.Equal(Laws(new InterchangeabilityNulls()), Laws(InterchangeabilityNulls.Fit(log)));
    }

    /// <summary>Groups of members who show little are often taken for interchangeable; the others are not judged by them.</summary>
    [Fact]
    public void Fit_GroupsThatShowLittle_CountAmongThemselves()
    {
        var (mean, precision) = (InterchangeabilityNull.DefaultMean, InterchangeabilityNull.DefaultPrecision);
        var nulls = InterchangeabilityNulls.Fit(
            [.. Strangers(40, false, static group => group % 2 == 0 ? 3 : 17), .. Strangers(40, true, static _ => 1)]);
        Assert.Equal((mean, precision), Law(nulls.WellSeen));
        Assert.True(nulls.Thin.Mean > InterchangeabilityNulls.DefaultThinMean && nulls.Thin.Precision < precision);
    }

    [Fact]
    public void Of_AGroup_IsTheLawOfGroupsSeenAsWell()
    {
        var nulls = new InterchangeabilityNulls();
        var (well, thin) = (new ContentExchangeability(true, 20, 17, 0, 0), new ContentExchangeability(false, 20, 17, 0, 0));
        Assert.Same(nulls.WellSeen, nulls.Of(well));
        Assert.Same(nulls.Thin, nulls.Of(thin));
        Assert.True(nulls.Of(well).EvidenceOf(well) > nulls.Of(thin).EvidenceOf(thin));
    }

    private static List<GroupObservation> Strangers(int groups, bool isWellSeen, Func<int, int> hits) => Enumerable.Range(0, groups)
        .Select(group => Observation([.. Enumerable.Range(group * 100, 30)], isWellSeen, 30, hits(group), -8)).ToList();

    private static ((double, double) WellSeen, (double, double) Thin) Laws(InterchangeabilityNulls nulls) =>
        (Law(nulls.WellSeen), Law(nulls.Thin));

    private static (double Mean, double Precision) Law(InterchangeabilityNull law) => (law.Mean, law.Precision);

    private static GroupObservation Observation(int[] members, bool isWellSeen, int tested, int hits, double log10Common) => new(
        new(SharingView.Template, members, [], [], members.Length, []),
        [],
        new(isWellSeen, tested, hits, 0, 0),
        new(500, 0, 0, PValue.FromLog10(log10Common)),
        1);
}
