using Stillwatch.Benchmarks.Detection.Coordination;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Tests.Coordination;

public sealed class FraudarTests
{
    private static readonly FraudarOptions Published = new();

    [Fact]
    public void ColumnWeights_KnownDegrees_AreOneOverTheLogarithmOfDegreePlusFive()
    {
        var graph = new BipartiteGraph(3, 2, [(0, 0), (1, 0), (2, 0), (0, 1)]);
        Assert.Equal([1 / Math.Log(8), 1 / Math.Log(6)], Fraudar.ColumnWeights(graph, Published));
    }

    /// <summary>
    /// By hand: three accounts each use three values (degree 3, weight 1/ln 8), a fourth one uses one value of its own (1/ln 6). The
    /// block is the square: 9/ln 8 over 6 nodes. With the fourth account the density is (9/ln 8 + 1/ln 6)/8, which is less.
    /// </summary>
    [Fact]
    public void Densest_SquareBesideALoner_IsTheSquare()
    {
        var square = Enumerable.Range(0, 3).SelectMany(static account => Enumerable.Range(0, 3).Select(value => (account, value)));
        var block = Fraudar.Densest(new(4, 4, square.Append((3, 3))), Published);
        Assert.Equal([0, 1, 2], block.Accounts);
        Assert.Equal([0, 1, 2], block.Values);
        Assert.Equal(9 / Math.Log(8) / 6, block.Density, 1e-12);
        Assert.All(block.AccountWeights, static weight => Assert.Equal(3 / Math.Log(8), weight, 1e-12));
    }

    [Theory]
    [InlineData(1, 0.2)]
    [InlineData(2, 0.5)]
    [InlineData(3, 0.8)]
    public void Densest_TinyGraphs_IsAtLeastHalfAsDenseAsTheDensest(ulong seed, double density)
    {
        var g = new SeededGenerator(seed);
        for (var i = 0; i < 60; i++)
        {
            var graph = new BipartiteGraph(6, 5, RandomGraph.Edges(ref g, 6, 5, density));
            var block = Fraudar.Densest(graph, Published);
            var nodes = block.Accounts.Sum(static account => 1 << account) + block.Values.Sum(static value => 1 << (value + 6));
            Assert.Equal(Density(graph, nodes), block.Density, 1e-9);
            Assert.True(2 * block.Density >= Enumerable.Range(1, (1 << 11) - 1).Max(set => Density(graph, set)) - 1e-9);
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Detect_CamouflagedBlock_RanksItsMembersFirst(ulong seed)
    {
        const int Members = 25;
        var suspicion = Fraudar.Detect(RandomGraph.WithBlock(seed, 400, 310, Members), Published, CancellationToken.None);
        var first = Enumerable.Range(0, 400).OrderByDescending(account => suspicion.Scores[account]).Take(Members);
        Assert.True(first.Count(static account => account < Members) >= 23);
        Assert.True(suspicion.Groups[0].Count(static account => account < Members) >= 23);
    }

    [Fact]
    public void Blocks_TwoSquaresOfTwoSizes_AreFoundOneAfterTheOther()
    {
        var large = Enumerable.Range(0, 6).SelectMany(static account => Enumerable.Range(0, 6).Select(value => (account, value)));
        var small = Enumerable.Range(6, 3).SelectMany(static account => Enumerable.Range(6, 3).Select(value => (account, value)));
        var blocks = Fraudar.Blocks(new(9, 9, large.Concat(small)), Published, CancellationToken.None).ToArray();
        Assert.Equal([[0, 1, 2, 3, 4, 5], [6, 7, 8]], blocks.Select(static block => block.Accounts));
    }

    [Fact]
    public void Detect_OneBlock_LeavesTheSecondAlone()
    {
        var large = Enumerable.Range(0, 6).SelectMany(static account => Enumerable.Range(0, 6).Select(value => (account, value)));
        var small = Enumerable.Range(6, 3).SelectMany(static account => Enumerable.Range(6, 3).Select(value => (account, value)));
        var suspicion = Fraudar.Detect(new(9, 9, large.Concat(small)), new() { MaxBlocks = 1 }, CancellationToken.None);
        Assert.Equal([0, 1, 2, 3, 4, 5], Assert.Single(suspicion.Groups));
        Assert.Equal(6, suspicion.Accused.Count(static accused => accused));
    }

    [Fact]
    public void Detect_NoEdges_SuspectsNobody()
    {
        var suspicion = Fraudar.Detect(new(5, 3, []), Published, CancellationToken.None);
        Assert.Empty(suspicion.Groups);
        Assert.All(suspicion.Scores, static score => Assert.Equal(0, score));
    }

    private static double Density(BipartiteGraph graph, int nodes)
    {
        var weights = Fraudar.ColumnWeights(graph, Published);
        var inside = graph.Edges().Where(edge => (nodes & (1 << edge.Account)) != 0 && (nodes & (1 << (6 + edge.Value))) != 0);
        return inside.Sum(edge => weights[edge.Value]) / int.PopCount(nodes);
    }
}
