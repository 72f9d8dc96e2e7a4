using Stillwatch.Benchmarks.Detection.Coordination;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Tests.Coordination;

/// <summary>Graphs with and without a planted block.</summary>
internal static class RandomGraph
{
    /// <summary>Each pair is an edge with a probability.</summary>
    public static List<(int Account, int Value)> Edges(ref SeededGenerator g, int accounts, int values, double density)
    {
        var edges = new List<(int Account, int Value)>();
        for (var account = 0; account < accounts; account++)
        {
            for (var value = 0; value < values; value++)
            {
                if (g.NextDouble() < density)
                {
                    edges.Add((account, value));
                }
            }
        }

        return edges;
    }

    /// <summary>
    /// The first <paramref name="members"/> accounts use most of the last ten values, which nobody else does; everybody uses some of the
    /// others, the popular ones first, and the members as many of these again as camouflage.
    /// </summary>
    public static BipartiteGraph WithBlock(ulong seed, int accounts, int values, int members)
    {
        var g = new SeededGenerator(seed);
        var edges = new List<(int Account, int Value)>();
        for (var account = 0; account < accounts; account++)
        {
            for (var use = 0; use < (account < members ? 8 : 4); use++)
            {
                var popularity = g.NextDouble();
                edges.Add((account, (int)(popularity * popularity * (values - 10))));
            }
        }

        for (var member = 0; member < members; member++)
        {
            for (var value = values - 10; value < values; value++)
            {
                if (g.NextDouble() < 0.7)
                {
                    edges.Add((member, value));
                }
            }
        }

        return new(accounts, values, edges);
    }
}
