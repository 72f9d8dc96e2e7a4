using Stillwatch.Campaigns.Evidence;
using Stillwatch.Statistics;
using Stillwatch.Tests.Statistics;

namespace Stillwatch.Tests.Campaigns.Evidence;

/// <summary>Groups of independent accounts have as much in common as the log's own groups, however unlike random accounts.</summary>
public sealed class ExcessNullTests
{
    private const double LeastFactor = 5;
    private const int Logs = 400;
    private const int NullsALog = 25;

    /// <summary>How many times more than random accounts groups share on average, how alike they are, and how many are known.</summary>
    public static TheoryData<double, double, int> Habits => new()
    {
        { 1, 1, 20 }, { 5, 2, 40 }, { 20, 0.5, 40 }, { 20, 0.5, 400 }, { 40, 3, 40 }, { 100, 0.3, 200 }, { 300, 1, 100 },
    };

    [Theory]
    [MemberData(nameof(Habits))]
    public void ChanceOf_GroupsLikeThoseItIsFittedTo_IsCalibrated(double factor, double shape, int groups)
    {
        var seed = (ulong)((factor * 100) + (shape * 10) + groups);
        var (law, left) = (new ExcessNull(LeastFactor), 0);
        EvidenceCalibration.AssertKept(
            seed,
            Logs * NullsALog,
            (ref g) =>
            {
                if (left-- == 0)
                {
                    law = ExcessNull.Fit(Groups(ref g, groups, factor, shape), LeastFactor);
                    left = NullsALog - 1;
                }

                return law.ChanceOf(Group(ref g, factor, shape));
            },
            PToECalibrator.Mixture);
    }

    /// <summary>The control: where groups share twenty times as much as random accounts, five times is no null.</summary>
    [Fact]
    public void ChanceOf_GroupsThatShareFarMore_IsNotCalibratedWithoutAFit()
    {
        var (g, law, rejected) = (new SeededGenerator(1), new ExcessNull(LeastFactor), 0);
        for (var i = 0; i < 1000; i++)
        {
            rejected += law.ChanceOf(Group(ref g, 20, 0.5)).Rejects(0.001) ? 1 : 0;
        }

        Assert.True(rejected > 100, $"{rejected} of 1000 are rejected at 0.001");
    }

    [Fact]
    public void Fit_TooFewGroups_GivesTheLeastFactor()
    {
        var g = new SeededGenerator(2);
        var law = ExcessNull.Fit(Groups(ref g, 9, 50, 1), LeastFactor);
        Assert.Equal((LeastFactor, ExcessNull.NoSpread), (law.Factor, law.Shape));
    }

    [Fact]
    public void Fit_GroupsThatShareLessThanChance_IsNoLaxerThanTheLeastFactor()
    {
        var groups = Enumerable.Range(1, 200).Select(static i => new ExcessCount(0, i * 0.1)).ToList();
        var law = ExcessNull.Fit(groups, LeastFactor);
        Assert.Equal(LeastFactor, law.Factor);
        Assert.True(law.ChanceOf(new ExcessCount(40, 1)) >= new ExcessNull(LeastFactor).ChanceOf(new ExcessCount(40, 1)));
    }

    /// <summary>A campaign with a dozen accounts a card stands out among groups of people who share five times what chance gives.</summary>
    [Fact]
    public void ChanceOf_CampaignAmongOrdinaryGroups_IsDetected() =>
        NullCalibration.AssertDetects(
            3, static (ref g) => ExcessNull.Fit(Groups(ref g, 60, 5, 2), LeastFactor).ChanceOf(new ExcessCount(55, 0.2)), 1e-6, 0.95, 200);

    private static List<ExcessCount> Groups(ref SeededGenerator g, int count, double factor, double shape)
    {
        var groups = new List<ExcessCount>();
        for (var i = 0; i < count; i++)
        {
            groups.Add(Group(ref g, factor, shape));
        }

        return groups;
    }

    /// <summary>Groups of very different sizes, hence of very different means.</summary>
    private static ExcessCount Group(ref SeededGenerator g, double factor, double shape)
    {
        var randomExcess = 0.02 * Math.Pow(200, g.NextDouble());
        return new ExcessCount(g.Poisson(randomExcess * factor * g.Gamma(shape) / shape), randomExcess);
    }
}
