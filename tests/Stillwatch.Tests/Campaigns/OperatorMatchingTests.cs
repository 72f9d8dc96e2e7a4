using Stillwatch.Campaigns;
using Stillwatch.Campaigns.Evidence;
using Stillwatch.Coordination;
using Stillwatch.Profiles;
using Stillwatch.Statistics;
using Stillwatch.Tests.Coordination;
using Stillwatch.Tests.Statistics;

namespace Stillwatch.Tests.Campaigns;

/// <summary>Groups of one operator become one campaign, and make no room for false ones.</summary>
public sealed class OperatorMatchingTests
{
    private const int Accounts = 3_000;
    private const int Size = 20;
    private const double Rate = 0.1;

    private static readonly GroupingOptions Grouping = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Match_GroupsThatShareOnEitherSide_AreOfOneOperator(bool onTemplates)
    {
        var shared = new SightingSet(Accounts).Share(Groups(3).SelectMany(static group => group), 1, 8);
        var other = new SightingSet(Accounts).Share(Groups(1)[0], 500, 8);
        var matching = onTemplates ? Matching(shared, other) : Matching(other, shared);
        Assert.Equal([0, 0, 0, 3], matching.Match(Groups(4)));
    }

    [Fact]
    public void Match_GroupsThatShareInAChain_AreOfOneOperator()
    {
        var set = new SightingSet(Accounts);
        foreach (var (index, pair) in new[] { (0, 2), (2, 1) }.Index())
        {
            set.Share(Groups(3)[pair.Item1].Concat(Groups(3)[pair.Item2]), (ulong)(100 * index) + 1, 8);
        }

        Assert.Equal([0, 0, 0], Matching(set, new SightingSet(Accounts)).Match(Groups(3)));
    }

    /// <summary>One account in four of one group uses the other's wording: no more than a customer who tried both.</summary>
    [Fact]
    public void Match_GroupsOfWhichFewShare_AreOfTwo()
    {
        var groups = Groups(2);
        var set = new SightingSet(Accounts).Share(groups[0].Concat(groups[1].Take(Size / 4)), 1, 8).Share(groups[1], 100, 8);
        Assert.Equal([0, 1], Matching(set, new SightingSet(Accounts)).Match(groups));
    }

    [Fact]
    public void Match_GroupsThatShareNothing_AreOfAsMany() =>
        Assert.Equal([0, 1, 2], Matching(new SightingSet(Accounts), new SightingSet(Accounts)).Match(Groups(3)));

    /// <summary>Twelve parts of one operator among sixty null groups that stake all on so many rejections: one campaign.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(13)]
    public void Judge_PartsOfOneOperator_MakeNoRoomForFalseCampaigns(int rejections)
    {
        var groups = Groups(72);
        var shared = new SightingSet(Accounts).Share(groups.Take(12).SelectMany(static group => group), 1, 8);
        var matching = Matching(shared, new SightingSet(Accounts));
        var (g, falseShare, logs) = (new SeededGenerator((ulong)rejections), 0.0, 1_000);
        for (var log = 0; log < logs; log++)
        {
            var threshold = groups.Count / (rejections * Rate);
            var examined = new List<ExaminedGroup>();
            foreach (var (index, members) in groups.Index())
            {
                examined.Add(Examined(members, index < 12 ? EValue.FromLog10(9 - (0.1 * index)) : Null(threshold, ref g), (ulong)index));
            }

            var reported = CampaignJudge.Judge(
                examined, new() { FalseDiscoveryRate = Rate }, static (_, _) => EValue.FromLog10(2), matching);
            var campaign = Assert.Single(reported, static found => found.Members[0] < 12 * Size);
            Assert.Equal((12, 12 * Size), (campaign.Parts.Count, campaign.Members.Count));
            falseShare += (reported.Count - 1.0) / reported.Count / logs;
        }

        Assert.InRange(falseShare, 0, Rate + (4 * 0.5 / Math.Sqrt(logs)));
    }

    private static EValue Null(double threshold, ref SeededGenerator g) =>
        g.Bernoulli(1 / threshold) ? EValue.FromValue(threshold * 1.000001) : EValue.Zero;

    private static List<int[]> Groups(int count) =>
        [.. Enumerable.Range(0, count).Select(static group => Enumerable.Range(group * Size, Size).ToArray())];

    private static ExaminedGroup Examined(int[] members, EValue combined, ulong seed) => new(
        new(new(SharingView.Template, members, [], [], members.Length, []), [], new(true, 0, 0, 0, 0), new(0, 0, 0, PValue.One), seed),
        [],
        EValue.FromLog10(double.IsFinite(combined.Log10) ? 5 : -5),
        EValue.One,
        combined);

    private static OperatorMatching Matching(SightingSet templates, SightingSet infrastructure) => new(
        new Population(new AccountProfiles([], [], []), templates.Parties, templates.Build(), infrastructure.Build(), []),
        Grouping,
        Grouping);
}
