using Stillwatch.Coordination;
using Stillwatch.Statistics;

namespace Stillwatch.Tests.Coordination;

public sealed class GroupRefinementTests
{
    private const int Accounts = 1200;

    private static readonly int[] Planted = [.. Enumerable.Range(300, 24)];

    /// <summary>The block has two thirds of the planted accounts and six strangers.</summary>
    [Fact]
    public void Refine_BlockWithStrangers_LetsThemGoAndTakesInTheOthers()
    {
        var graph = PlantedGraph(1);
        var refinement = Refinement(graph);
        var group = refinement.Refine([.. Planted[..16], 0, 1, 2, 3, 4, 5]);
        Assert.Equal(Planted, group!.Members);
        Assert.Equal(24, group.Parties);
        Assert.Equal(SharingView.Infrastructure, group.View);
        Assert.Equal(new TypicalValues(graph, new()).Of(Planted).Values, group.Core);
        var scores = new MembershipScores(graph);
        scores.Score(new(group.Core));
        Assert.Equal(Planted.Select(member => scores[member]), group.Scores);
        Assert.Same(group, refinement.Refine([.. Planted[8..], 7, 8]));
        Assert.Null(refinement.Refine([.. Enumerable.Range(0, 30)]));
    }

    /// <summary>Ten values, of which one more account uses three, one four, and one six.</summary>
    [Fact]
    public void Refine_AccountsThatShareSome_AreNearbyFromSevenTenthsOfAMember()
    {
        var graph = new SightingSet(Accounts).Share(Planted, 1, 10).Share([10], 1, 3).Share([11], 1, 4).Share([12], 1, 6).Build();
        var group = Refinement(graph).Refine(Planted)!;
        Assert.Equal([12, .. Planted], group.Members);
        Assert.Equal(0.6, group.Scores[0], 0.02);
        var (account, score) = Assert.Single(group.Nearby);
        Assert.Equal(11, account);
        Assert.Equal(0.4, score, 0.02);
    }

    /// <summary>Blocks may grow twenty times, and small ones to a thousand accounts.</summary>
    [Theory]
    [InlineData(8, 1000, true)]
    [InlineData(8, 1001, false)]
    [InlineData(51, 1020, true)]
    [InlineData(51, 1021, false)]
    [InlineData(1021, 1021, true)]
    public void Refine_BlockInALargeCircle_GrowsNoMoreThanTwentyTimes(int block, int circle, bool isFound)
    {
        var graph = new SightingSet(10_500).Share(Enumerable.Range(0, circle), 1, 4).Build();
        var group = Refinement(graph).Refine([.. Enumerable.Range(0, block)]);
        Assert.Equal(isFound ? circle : null, group?.Members.Count);
    }

    /// <summary>Twenty accounts of seven organizations, or of eight.</summary>
    [Theory]
    [InlineData(7, false)]
    [InlineData(8, true)]
    public void Refine_AccountsOfOrganizations_AreCountedAsParties(int organizations, bool isFound)
    {
        var party = Enumerable.Range(0, 500).Select(account => account < 20 ? account % organizations : account - 20 + organizations);
        var graph = new SightingSet([.. party]).Share(Enumerable.Range(0, 20), 1, 5).Build();
        var group = Refinement(graph).Refine([.. Enumerable.Range(0, 20)]);
        Assert.Equal(isFound ? organizations : null, group?.Parties);
        Assert.Equal(isFound ? 20 : null, group?.Members.Count);
    }

    [Fact]
    public void RefineInside_SomeMembers_GivesSmallerGroupsOnly()
    {
        var graph = new SightingSet(Accounts).Share(Enumerable.Range(0, 60), 1, 2).Share(Enumerable.Range(0, 10), 50, 8).Build();
        var refinement = Refinement(graph);
        var circle = refinement.Refine([.. Enumerable.Range(5, 55)])!;
        Assert.Equal(60, circle.Members.Count);
        Assert.Equal(Enumerable.Range(0, 10), refinement.RefineInside(circle, [.. Enumerable.Range(0, 10)])!.Members);
        Assert.Null(refinement.RefineInside(circle, [.. Enumerable.Range(10, 50)]));
    }

    /// <summary>
    /// Circles around twenty accounts, each of which shares a little less with them than the one inside it: they leave one after the other.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Refine_ManyCirclesAroundTheBlock_GoesOnUntilNothingChanges(ulong seed)
    {
        var g = new SeededGenerator(seed);
        for (var round = 0; round < 60; round++)
        {
            var graph = Onion(ref g, out var accounts);
            var group = Refinement(graph).Refine([.. Enumerable.Range(0, accounts)]);
            if (group is not null)
            {
                Assert.Equal(new TypicalValues(graph, new()).Of(group.Members).Values, group.Core);
            }
        }
    }

    private static SharingGraph Onion(ref SeededGenerator g, out int accounts)
    {
        var sharing = new SightingSet(4_000).Share(Enumerable.Range(0, 20), 1, 64);
        accounts = 20;
        for (var values = 31 - g.Next(3); values > 8; values -= 1 + g.Next(2))
        {
            var circle = Enumerable.Range(accounts, 1 + g.Next(4 + (accounts / 12)));
            sharing.Share(circle, 1, values);
            accounts += circle.Count();
        }

        return sharing.Build();
    }

    private static SharingGraph PlantedGraph(ulong seed)
    {
        var g = new SeededGenerator(seed);
        return new SightingSet(Accounts).Scatter(ref g, Accounts).ShareSome(ref g, Planted, 1, 12, 8).Build();
    }

    private static GroupRefinement Refinement(SharingGraph graph) => new(graph, SharingView.Infrastructure, new(), new());
}
