using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Benchmarks.Detection.Coordination;

namespace Stillwatch.Benchmarks.Detection.Tests.Coordination;

public sealed class LouvainTests
{
    /// <summary>W. Zachary's karate club of 1977: 34 members, 78 friendships; node by node the friends of higher number.</summary>
    private static readonly int[][] Karate =
    [
        [2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 18, 20, 22, 32], [3, 4, 8, 14, 18, 20, 22, 31], [4, 8, 9, 10, 14, 28, 29, 33], [8, 13, 14],
        [7, 11], [7, 11, 17], [17], [], [31, 33, 34], [34], [], [], [], [34], [33, 34], [33, 34], [], [], [33, 34], [34], [33, 34], [],
        [33, 34], [26, 28, 30, 33, 34], [26, 28, 32], [32], [30, 34], [34], [32, 34], [33, 34], [33, 34], [33, 34], [34], [],
    ];

    /// <summary>The best division there is has modularity 0.4198 (Brandes et al., 2008).</summary>
    [Fact]
    public void Cluster_KarateClub_ComesNearTheOptimum()
    {
        (int, int, double)[] edges = [.. Karate.SelectMany(static (friends, i) => friends.Select(friend => (i, friend - 1, 1.0)))];
        Assert.Equal(78, edges.Length);
        var graph = new WeightedGraph(34, edges);
        Assert.InRange(graph.Modularity(Louvain.Cluster(graph, CancellationToken.None)), 0.41, 0.4199);
    }

    /// <summary>By hand: 6 of 7 edges are inside, each triangle has half of the strength: 6/7 - 1/2.</summary>
    [Fact]
    public void Cluster_TwoTrianglesWithABridge_AreTwoCommunities()
    {
        var graph = new WeightedGraph(6, [(0, 1, 1), (1, 2, 1), (0, 2, 1), (3, 4, 1), (4, 5, 1), (3, 5, 1), (2, 3, 1)]);
        var community = Louvain.Cluster(graph, CancellationToken.None);
        Assert.Equal([0, 0, 0, 1, 1, 1], community);
        Assert.Equal((6 / 7.0) - 0.5, graph.Modularity(community), 1e-12);
    }

    [Fact]
    public void Aggregate_AnyCommunities_KeepsModularity() =>
        Prop.ForAll(Graphs(), static graph =>
        {
            var community = Louvain.Cluster(graph, CancellationToken.None);
            var count = community.Max() + 1;
            var whole = graph.Aggregate(community, count);
            int[] single = [.. Enumerable.Range(0, count)];
            return Math.Abs(graph.Modularity(community) - whole.Modularity(single)) < 1e-9;
        }).QuickCheckThrowOnFailure();

    /// <summary>No division of these tiny graphs is better by much, and none of single nodes is better at all.</summary>
    [Fact]
    public void Cluster_AnyGraph_IsNoWorseThanSingleNodes() =>
        Prop.ForAll(Graphs(), static graph =>
        {
            int[] single = [.. Enumerable.Range(0, graph.Count)];
            return graph.Modularity(Louvain.Cluster(graph, CancellationToken.None)) >= graph.Modularity(single) - 1e-9;
        }).QuickCheckThrowOnFailure();

    private static Arbitrary<WeightedGraph> Graphs() =>
        Gen.Choose(0, 7).Zip(Gen.Choose(0, 7), static (a, b) => (a, b))
            .Zip(Gen.Choose(1, 3), static (pair, weight) => (pair.a, pair.b, weight)).ListOf()
            .Select(static edges => new WeightedGraph(8, [.. edges.Where(static edge => edge.a < edge.b)
                .DistinctBy(static edge => (edge.a, edge.b)).Select(static edge => (edge.a, edge.b, (double)edge.weight))])).ToArbitrary();
}
