using Stillwatch.Coordination;
using Stillwatch.Statistics;

namespace Stillwatch.Tests.Coordination;

public sealed class GroupSearchTests
{
    private const int Accounts = 3100;

    private static readonly List<int> Circle = [.. Enumerable.Range(0, 300)];

    /// <summary>Nine accounts hide among three hundred that share ten values: the densest block is the circle.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Find_NestedGroup_FindsItAndTheCircle(ulong seed)
    {
        var g = new SeededGenerator(seed);
        var graph = new SightingSet(Accounts).Share(Circle, 1, 10).Share(Circle[..9], 50, 5).Scatter(ref g, Accounts, 4).Build();
        Assert.Superset(Circle.ToHashSet(), new DenseBlock(graph).FindAll([.. Enumerable.Range(0, Accounts)]).First());
        Assert.Equal([300, 9], Sizes(graph, Circle));
        Assert.Equal([300, 9], Grouping.Find(graph, SharingView.Template, new(), TestContext.Current.CancellationToken)
            .Where(static group => group.Members[0] < 9).Select(static group => group.Members.Count));
    }

    /// <summary>Three blocks that share nothing with each other, and accounts without any.</summary>
    [Fact]
    public void Find_SeveralBlocksOfOneCommunity_FindsEachOnce()
    {
        var set = new SightingSet(Accounts);
        List<int> community = [.. Enumerable.Range(500, 200)];
        set.Share(community[..20], 1, 20).Share(community[30..42], 50, 8).Share(community[50..58], 80, 4);
        Assert.Equal([20, 12, 8], Sizes(set.Build(), community));
        Assert.Equal([20, 12], Sizes(set.Build(), community, new() { MinParties = 9 }));
    }

    private static IEnumerable<int> Sizes(SharingGraph graph, List<int> community, GroupingOptions? options = null) =>
        new GroupSearch(graph, SharingView.Template, options ?? new(), new()).Find(community)
            .Select(static group => group.Members.Count).OrderDescending();
}
