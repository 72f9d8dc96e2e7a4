using Stillwatch.Coordination;
using Stillwatch.Statistics;

namespace Stillwatch.Tests.Coordination;

public sealed class PeelingTests
{
    private const int Parties = 6;

    private const int Values = 5;

    /// <summary>Weights are whole numbers, so that sums are exact and ties are many; some weigh nothing.</summary>
    [Theory]
    [InlineData(1, 0.3)]
    [InlineData(2, 0.6)]
    [InlineData(3, 0.9)]
    public void Run_TinyGraphs_PeelsLikeTheDefinitionAndIsHalfAsDenseAsTheDensest(ulong seed, double density)
    {
        var g = new SeededGenerator(seed);
        var smaller = 0;
        for (var graph = 0; graph < 60; graph++)
        {
            var (uses, weights) = Draw(ref g, density);
            var peeling = new Peeling([.. uses.Select(static use => ((ulong)(uint)use.Party << 32) | (uint)use.Value)], Parties, Values);
            Assert.All(Enumerable.Range(0, Values), value => Assert.Equal(uses.Count(use => use.Value == value), peeling.UsersOf(value)));

            var block = peeling.Run(weights).Order().ToList();
            var left = PeelSlowly(uses, weights);
            Assert.Equal(left.Where(static node => node < Parties), block);
            Assert.True(2 * Density(uses, weights, Mask(left)) >= Enumerable.Range(1, (1 << (Parties + Values)) - 1).Max(
                nodes => Density(uses, weights, nodes)));
            smaller += block.Count < Parties ? 1 : 0;
        }

        Assert.InRange(smaller, 5, 60);
    }

    private static (List<(int Party, int Value)> Uses, double[] Weights) Draw(ref SeededGenerator g, double density)
    {
        var uses = new List<(int Party, int Value)>();
        for (var party = 0; party < Parties; party++)
        {
            for (var value = 0; value < Values; value++)
            {
                if (g.NextDouble() < density)
                {
                    uses.Add((party, value));
                }
            }
        }

        var weights = new double[Values];
        for (var value = 0; value < Values; value++)
        {
            weights[value] = g.Next(5);
        }

        return (uses, weights);
    }

    /// <summary>Of the sets on the way the densest, the first of equals; of equally light nodes the first goes.</summary>
    private static List<int> PeelSlowly(List<(int Party, int Value)> uses, double[] weights)
    {
        var left = Enumerable.Range(0, Parties + Values).ToList();
        var best = left.ToList();
        while (left.Count > 1)
        {
            var mask = Mask(left);
            left.Remove(left.MinBy(node => Weight(uses, weights, mask) - Weight(uses, weights, mask & ~(1 << node))));
            if (Density(uses, weights, Mask(left)) > Density(uses, weights, Mask(best)))
            {
                best = [.. left];
            }
        }

        return best;
    }

    private static int Mask(IEnumerable<int> nodes) => nodes.Aggregate(0, static (mask, node) => mask | (1 << node));

    private static double Density(List<(int Party, int Value)> uses, double[] weights, int nodes) =>
        Weight(uses, weights, nodes) / int.PopCount(nodes);

    private static double Weight(List<(int Party, int Value)> uses, double[] weights, int nodes)
    {
        var sum = 0.0;
        foreach (var (party, value) in uses)
        {
            sum += (nodes & (1 << party)) != 0 && (nodes & (1 << (Parties + value))) != 0 ? weights[value] : 0;
        }

        return sum;
    }
}
