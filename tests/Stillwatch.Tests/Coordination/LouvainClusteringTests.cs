using Stillwatch.Coordination;
using Stillwatch.Statistics;

namespace Stillwatch.Tests.Coordination;

public sealed class LouvainClusteringTests
{
    private const int Accounts = 200;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Five accounts with three values, five with three others, and one account that also uses one of those.</summary>
    [Fact]
    public void Cluster_TwoCliquesJoinedByAnEdge_GivesTheCliques()
    {
        var set = new SightingSet(Accounts).Share(Enumerable.Range(0, 5), 1, 3).Share(Enumerable.Range(5, 5), 4, 3).Share([0], 4, 1);
        var communities = Cluster(LouvainLevel.From(set.Build(), 0.1, int.MaxValue));
        var alone = Enumerable.Range(2, Accounts - 10);
        Assert.Equal([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, .. alone, 0, 0, 0, 1, 1, 1], communities);
    }

    /// <summary>Each account uses most of the ten values of its group and a few of others.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Cluster_PlantedCommunities_FindsThem(ulong seed)
    {
        var g = new SeededGenerator(seed);
        var set = new SightingSet(Accounts);
        for (var group = 0; group < 6; group++)
        {
            set.ShareSome(ref g, Enumerable.Range(0, 12).Select(i => (6 * i) + group), 1 + (10 * (ulong)group), 10, 8);
        }

        var graph = set.ShareSome(ref g, Enumerable.Range(0, 72), 1, 60, 1).Build();
        var communities = Cluster(LouvainLevel.From(graph, 0.1, int.MaxValue));
        Assert.Equal(Enumerable.Range(0, 72).Select(static account => account % 6), communities[..72]);
        Assert.Equal(Enumerable.Range(0, 60).Select(static value => value / 10), communities[Accounts..]);
    }

    /// <summary>Where Louvain's method ends, no two communities are better off as one.</summary>
    [Theory]
    [InlineData(1, 1.0)]
    [InlineData(2, 1.0)]
    [InlineData(3, 3.0)]
    [InlineData(4, 0.3)]
    public void Cluster_RandomGraphs_LeavesNoTwoCommunitiesToMerge(ulong seed, double resolution)
    {
        var g = new SeededGenerator(seed);
        var level = LouvainLevel.From(new SightingSet(Accounts).Scatter(ref g, 150).Build(), 0.1, int.MaxValue);
        var communities = Cluster(level, resolution);
        var best = Modularity.Of(level, communities, resolution);
        Assert.True(best > Modularity.Of(level, [.. Enumerable.Range(0, level.Count)], resolution) + 0.1);
        var linked = Enumerable.Range(0, level.Count).Where(node => level.Strength[node] > 0).Select(node => communities[node])
            .Distinct().Order().ToList();
        Assert.InRange(linked.Count, 2, 200);
        foreach (var first in linked)
        {
            foreach (var second in linked.Where(second => second > first))
            {
                var merged = Array.ConvertAll(communities, own => own == second ? first : own);
                Assert.True(Modularity.Of(level, merged, resolution) <= best + 1e-9);
            }
        }
    }

    /// <summary>Nothing holds connected nodes apart at a resolution of nearly 0, and nothing holds any together at a huge one.</summary>
    [Fact]
    public void Cluster_ExtremeResolutions_GiveComponentsAndSingleNodes()
    {
        var g = new SeededGenerator(5);
        var level = LouvainLevel.From(new SightingSet(Accounts).Scatter(ref g, 70, 5).Build(), 0.1, int.MaxValue);
        var components = Components(level);
        Assert.InRange(components.Distinct().Count(), 10, level.Count - 50);
        Assert.Equal(components, Cluster(level, 1e-9));
        Assert.Equal(Enumerable.Range(0, level.Count), Cluster(level, 1e9));
    }

    [Fact]
    public void Cluster_Again_GivesTheSame()
    {
        var g = new SeededGenerator(6);
        var set = new SightingSet(Accounts).Scatter(ref g, 300);
        var expected = Cluster(LouvainLevel.From(set.Build(), 0.1, int.MaxValue));
        for (var round = 0; round < 3; round++)
        {
            var order = set.All.ToArray();
            g.Shuffle<ValueSighting>(order);
            Assert.Equal(expected, Cluster(LouvainLevel.From(set.Build(order), 0.1, int.MaxValue)));
        }
    }

    [Fact]
    public void Cluster_Cancelled_Stops()
    {
        var level = LouvainLevel.From(new SightingSet(Accounts).Share([0, 1, 2], 1, 1).Build(), 0.1, int.MaxValue);
        Assert.Throws<OperationCanceledException>(() => LouvainClustering.Cluster(level, 1, new CancellationToken(true)));
    }

    private static int[] Cluster(LouvainLevel level, double resolution = 1) => LouvainClustering.Cluster(level, resolution, Cancellation);

    /// <summary>The connected components, numbered by their first node.</summary>
    private static int[] Components(LouvainLevel level)
    {
        var component = new int[level.Count];
        Array.Fill(component, -1);
        var count = 0;
        for (var first = 0; first < level.Count; first++)
        {
            var open = new Stack<int>([first]);
            var own = component[first] < 0 ? count++ : component[first];
            while (open.TryPop(out var node))
            {
                if (component[node] < 0)
                {
                    component[node] = own;
                    Array.ForEach(level.Target[level.Start[node]..level.Start[node + 1]], open.Push);
                }
            }
        }

        return component;
    }
}
