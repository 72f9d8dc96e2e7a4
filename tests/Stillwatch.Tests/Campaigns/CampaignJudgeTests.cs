using System.Globalization;
using Stillwatch.Campaigns;
using Stillwatch.Campaigns.Evidence;
using Stillwatch.Coordination;
using Stillwatch.Statistics;
using Stillwatch.Tests.Statistics;

namespace Stillwatch.Tests.Campaigns;

/// <summary>Of the campaigns reported, no more are false than the options accept.</summary>
public sealed class CampaignJudgeTests
{
    private const double Rate = 0.1;
    private const int Logs = 4_000;

    private static readonly Func<GroupObservation, IReadOnlySet<int>, EValue> AddedStand = static (_, _) => EValue.FromLog10(2);
    private static readonly SuspicionOptions Options = new() { FalseDiscoveryRate = Rate };

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    public void Judge_LogsOfNullGroups_SeldomReportsAny(int groups)
    {
        var (generator, reported) = (new SeededGenerator((ulong)groups), 0);
        for (var log = 0; log < Logs; log++)
        {
            var examined = Enumerable.Range(0, groups).Select(group => Group(group, 20, Null(groups, ref generator))).ToList();
            reported += CampaignJudge.Judge(examined, Options, AddedStand).Count > 0 ? 1 : 0;
        }

        Assert.False(BinomialTail.AtLeast(reported, Logs, Rate).Rejects(1e-7), $"{reported} of {Logs} logs");
        Assert.True(reported > 0.5 * Rate * Logs, $"{reported} of {Logs} logs: the nulls are too tame to tell");
    }

    /// <summary>
    /// Campaigns among null groups: one seen from many sides, its views above each other; and many that stand beside each other. The
    /// null groups stake all on there being so many rejections.
    /// </summary>
    [Theory]
    [InlineData(1, 12, 2)]
    [InlineData(1, 12, 13)]
    [InlineData(12, 1, 13)]
    [InlineData(3, 5, 4)]
    [InlineData(3, 5, 16)]
    public void Judge_CampaignsAmongNullGroups_KeepsTheRate(int campaigns, int views, int rejections)
    {
        var groups = (campaigns * views) + 60;
        var (generator, falseShare) = (new SeededGenerator((ulong)campaigns), 0.0);
        for (var log = 0; log < Logs; log++)
        {
            var examined = Enumerable.Range(0, campaigns * views)
                .Select(index => Group(index / views, 20 + (index % views % 5), EValue.FromLog10(9 - (index % views * 0.1))))
                .Concat(Enumerable.Range(0, 60).Select(index => Group(100 + index, 20, Null(groups / (double)rejections, ref generator))))
                .ToList();
            var reported = CampaignJudge.Judge(examined, Options, AddedStand);
            Assert.Equal(campaigns, reported.Count(campaign => campaign.Members[0] < 100_000));
            falseShare += reported.Count(campaign => campaign.Members[0] >= 100_000) / (double)reported.Count / Logs;
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{falseShare:P2} are false"));
        Assert.InRange(falseShare, 0, Rate + (4 * 0.5 / Math.Sqrt(Logs)));
    }

    [Fact]
    public void Judge_GroupThatFailsTheGate_MakesNoRoomForOthers()
    {
        var weak = Group(1, 20, EValue.FromValue(25));
        var gated = Enumerable.Range(2, 9).Select(index => Group(index, 20, EValue.FromLog10(8)) with { Content = EValue.FromValue(30) });
        Assert.Empty(CampaignJudge.Judge([weak, .. gated], Options, AddedStand));
        var open = gated.Select(static group => group with { Content = EValue.FromValue(32) });
        Assert.Equal(10, CampaignJudge.Judge([weak, .. open], Options, AddedStand).Count);
    }

    /// <summary>A group that is too small to pass the gate, whatever it shows, takes no evidence away from the others.</summary>
    [Fact]
    public void Judge_GroupsTooSmallToPassTheGate_AreNoHypotheses()
    {
        var campaign = Group(1, 20, EValue.FromValue(25));
        var small = Enumerable.Range(2, 9).Select(index => Group(index, 20, EValue.Zero) with { Attainable = EValue.FromValue(30) });
        Assert.Same(campaign, Assert.Single(CampaignJudge.Judge([campaign, .. small], Options, AddedStand)).Group);
        var large = small.Select(static group => group with { Attainable = EValue.FromValue(32) });
        Assert.Empty(CampaignJudge.Judge([campaign, .. large], Options, AddedStand));
    }

    [Fact]
    public void Judge_OverlappingGroups_GivesEachAccountToTheStrongest()
    {
        var strong = Group([.. Enumerable.Range(0, 20)], 9, seed: 1);
        var rest = Group([.. Enumerable.Range(14, 20)], 8, seed: 2);
        var remnant = Group([.. Enumerable.Range(15, 24)], 7, seed: 3);
        var apart = Group([.. Enumerable.Range(34, 9)], 6, seed: 4);
        var judged = CampaignJudge.Judge([apart, remnant, rest, strong], Options, AddedStand);
        Assert.Equal([strong, rest, apart], judged.Select(static campaign => campaign.Group));
        Assert.Equal([20, 14, 9], judged.Select(static campaign => campaign.Members.Count));
        Assert.Equal(43, judged.SelectMany(static campaign => campaign.Members).Distinct().Count());
    }

    [Fact]
    public void Judge_AnyOrderAndTies_GivesTheSame()
    {
        var generator = new SeededGenerator(3);
        var groups = Enumerable.Range(0, 40)
            .Select(index => Group([.. Enumerable.Range(index * 9, 20)], 5 + (index % 3), (ulong)(index * 7919 % 101))).ToArray();
        var expected = Describe(CampaignJudge.Judge(groups, Options, AddedStand));
        for (var round = 0; round < 50; round++)
        {
            generator.Shuffle<ExaminedGroup>(groups);
            Assert.Equal(expected, Describe(CampaignJudge.Judge(groups, Options, AddedStand)));
        }
    }

    [Fact]
    public void Judge_AccountsNearTwoCampaigns_AreNamedByTheStrongest()
    {
        var strong = Near(Group([.. Enumerable.Range(0, 20)], 9, 1), 50, 51, 25);
        var weak = Near(Group([.. Enumerable.Range(20, 20)], 8, 2), 51, 52, 3);
        var judged = CampaignJudge.Judge([weak, strong], Options, AddedStand);
        Assert.Equal([50, 51], judged[0].Nearby);
        Assert.Equal([52], judged[1].Nearby);
    }

    [Fact]
    public void Judge_CorroborationFromOtherSides_BlocksInsteadOfRestricting()
    {
        var weak = Group(1, 20, EValue.FromLog10(6));
        var strong = Group(2, 20, EValue.FromLog10(6)) with { Corroboration = EValue.FromLog10(3) };
        var verdicts = CampaignJudge.Judge([weak, strong], Options, AddedStand)
            .ToDictionary(static judged => judged.Group, static judged => judged.Parts[0].Verdict);
        Assert.Equal((Verdict.Restrict, Verdict.Block), (verdicts[weak], verdicts[strong]));
    }

    /// <summary>A view around a campaign owes its evidence to the campaign's members; the others have to stand without them.</summary>
    [Theory]
    [InlineData(1.4, false)]
    [InlineData(1.6, true)]
    public void Judge_MembersThatAViewAdds_ComeInByTheirOwnContent(double log10, bool comeIn)
    {
        var lead = Group([.. Enumerable.Range(0, 39)], 70, seed: 1);
        var view = Group([.. Enumerable.Range(0, 66)], 28, seed: 2);
        var campaign = Assert.Single(CampaignJudge.Judge([lead, view], Options, (group, members) =>
        {
            Assert.Same(view.Observation, group);
            Assert.Equal(Enumerable.Range(39, 27), members.Order());
            return EValue.FromLog10(log10);
        }));
        Assert.Equal(Enumerable.Range(0, comeIn ? 66 : 39), campaign.Members.Order());
        Assert.Equal(comeIn ? [] : Enumerable.Range(39, 27), campaign.Nearby);
    }

    [Fact]
    public void Judge_NoGroups_ReportsNothing() => Assert.Empty(CampaignJudge.Judge([], Options, AddedStand));

    /// <summary>The hardest null for the procedure: all or nothing, with the stake just at the threshold.</summary>
    private static EValue Null(double groups, ref SeededGenerator generator)
    {
        var threshold = groups / Rate;
        return generator.Bernoulli(1 / threshold) ? EValue.FromValue(threshold * 1.000001) : EValue.Zero;
    }

    private static ExaminedGroup Group(int place, int members, EValue combined) =>
        Group([.. Enumerable.Range(place * 1_000, members)], combined.Log10, (ulong)place);

    private static ExaminedGroup Group(int[] members, double log10, ulong seed) => new(
        new(new(SharingView.Template, members, [], [], members.Length, []), [], new(true, 0, 0, 0, 0), new(0, 0, 0, PValue.One), seed),
        [],
        EValue.FromLog10(double.IsFinite(log10) ? 5 : -5),
        EValue.One,
        EValue.FromLog10(log10));

    private static ExaminedGroup Near(ExaminedGroup group, params int[] accounts) => group with
    {
        Observation = group.Observation with
        {
            Group = group.Observation.Group with { Nearby = [.. accounts.Select(static account => (account, 0.4))] },
        },
    };

    private static string Describe(IReadOnlyList<JudgedCampaign> judged) =>
        string.Join('|', judged.Select(static campaign => $"{campaign.Group.Observation.Seed}:{string.Join(',', campaign.Members)}"));
}
