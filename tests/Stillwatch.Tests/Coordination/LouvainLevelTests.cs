using Stillwatch.Coordination;
using Stillwatch.Statistics;

namespace Stillwatch.Tests.Coordination;

public sealed class LouvainLevelTests
{
    private const int Accounts = 100;

    /// <summary>
    /// Account 2 uses two equally rare values, account 4 hardly uses the third; the fourth has too few users and the fifth too many.
    /// </summary>
    [Fact]
    public void From_SmallGraph_HasTheUsesThatWeighEnough()
    {
        var set = new SightingSet(Accounts).Share([0, 1, 2], 1, 1).Share([2, 3, 4], 2, 1).Share([5, 6], 3, 1).Share([7, 8], 4, 1)
            .Share(Enumerable.Range(10, 9), 5, 1).Share([4], 3, 1, 0.0025f);
        var level = LouvainLevel.From(set.Build(), 0.1, 8);
        var (half, most) = (Math.Sqrt(0.5), 1 / Math.Sqrt(1.0025));
        (int Node, int Target, double Weight)[] uses =
        [
            (0, 100, 1), (1, 100, 1), (2, 100, half), (2, 101, half), (3, 101, 1), (4, 101, most), (5, 102, 1), (6, 102, 1),
        ];
        var edges = Edges(level);
        (int Node, int Target, double Weight)[] back = [.. uses.Select(static use => (use.Target, use.Node, use.Weight)).Order()];
        Assert.Equal(uses.Concat(back).Select(static use => (use.Node, use.Target)), edges.Select(static edge => (edge.Node, edge.Target)));
        Assert.All(uses.Concat(back).Zip(edges), static pair => Assert.Equal(pair.First.Weight, pair.Second.Weight, 1e-6));
        Assert.Equal(Accounts + 5, level.Count);
        Assert.Equal(2 * half, level.Strength[2], 1e-6);
        Assert.Equal(2 + half, level.Strength[100], 1e-6);
        Assert.Equal(2 * uses.Sum(static use => use.Weight), level.TotalStrength, 1e-5);

        Assert.Contains((4, 102), Edges(LouvainLevel.From(set.Build(), 0.04, 8)).Select(static edge => (edge.Node, edge.Target)));
        Assert.Equal(2 * (8 + 9), LouvainLevel.From(set.Build(), 0.1, 9).Start[^1]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Aggregate_RandomCommunities_KeepsStrengthAndModularity(ulong seed)
    {
        var g = new SeededGenerator(seed);
        var level = LouvainLevel.From(SightingSet.Random(ref g, Accounts, 5, 60).Build(), 0.05, int.MaxValue);
        var node = Enumerable.Range(0, level.Count).ToArray();
        var (current, all) = (level, node);
        foreach (var count in (int[])[20, 6, 3, 1])
        {
            var community = Draw(ref g, current.Count, count);
            var next = current.Aggregate(community, count);
            all = Array.ConvertAll(all, own => community[own]);
            var strength = Enumerable.Range(0, count)
                .Select(own => node.Where(i => all[i] == own).Sum(i => level.Strength[i])).ToArray();
            Assert.Equal(count, next.Count);
            Assert.All(strength.Zip(next.Strength), static pair => Assert.Equal(pair.First, pair.Second, 1e-9));
            Assert.Equal(level.TotalStrength, next.TotalStrength, 1e-9);
            AssertSums(level, all, next);

            var further = Draw(ref g, count, Math.Min(count, 3));
            Assert.Equal(Modularity.Of(level, Array.ConvertAll(all, own => further[own])), Modularity.Of(next, further), 1e-9);
            current = next;
        }
    }

    /// <summary>Edges between two communities, and loops of one, are the sums of the edges of their nodes.</summary>
    private static void AssertSums(LouvainLevel level, int[] community, LouvainLevel aggregated)
    {
        var expected = new SortedDictionary<(int, int), double>();
        foreach (var (node, target, weight) in Edges(level))
        {
            var pair = (community[node], community[target]);
            expected[pair] = expected.GetValueOrDefault(pair) + weight;
        }

        Assert.All(
            Enumerable.Range(0, aggregated.Count),
            own => Assert.Equal(expected.GetValueOrDefault((own, own)), Modularity.Loops(aggregated, own), 1e-9));
        var between = expected.Where(static pair => pair.Key.Item1 != pair.Key.Item2).ToList();
        var edges = Edges(aggregated);
        Assert.Equal(between.Select(static pair => pair.Key), edges.Select(static edge => (edge.Node, edge.Target)));
        Assert.All(between.Zip(edges), static pair => Assert.Equal(pair.First.Value, pair.Second.Weight, 1e-9));
    }

    /// <summary>Each community has a node.</summary>
    private static int[] Draw(ref SeededGenerator g, int nodes, int communities)
    {
        var drawn = new int[nodes];
        for (var node = 0; node < nodes; node++)
        {
            drawn[node] = node < communities ? node : g.Next(communities);
        }

        g.Shuffle<int>(drawn);
        return drawn;
    }

    private static List<(int Node, int Target, double Weight)> Edges(LouvainLevel level) =>
        [.. Enumerable.Range(0, level.Count).SelectMany(
            node => Enumerable.Range(level.Start[node], level.Start[node + 1] - level.Start[node])
                .Select(i => (node, level.Target[i], level.Weight[i])))];
}
