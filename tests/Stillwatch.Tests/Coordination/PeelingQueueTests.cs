using Stillwatch.Coordination;
using Stillwatch.Statistics;

namespace Stillwatch.Tests.Coordination;

public sealed class PeelingQueueTests
{
    /// <summary>Loads are small whole numbers, so that many are equal.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 7)]
    [InlineData(5, 64)]
    [InlineData(6, 1000)]
    public void Take_AfterRandomLowering_GivesTheLeastOfASortedList(ulong seed, int nodes)
    {
        var g = new SeededGenerator(seed);
        var loads = new double[nodes];
        for (var node = 0; node < nodes; node++)
        {
            loads[node] = g.Next(50);
        }

        var sorted = new SortedSet<(double Load, int Node)>(loads.Select(static (load, node) => (load, node)));
        var queue = new PeelingQueue([.. loads]);
        while (sorted.Count > 0)
        {
            Assert.Equal(sorted.Count, queue.Count);
            for (var lowered = g.Next(6); lowered > 0; lowered--)
            {
                var (node, by) = (g.Next(nodes), g.Next(20));
                queue.Lower(node, by);
                if (sorted.Remove((loads[node], node)))
                {
                    loads[node] -= by;
                    sorted.Add((loads[node], node));
                }
            }

            var (load, least) = sorted.Min;
            sorted.Remove((load, least));
            Assert.Equal((least, load), queue.Take());
        }

        Assert.Equal(0, queue.Count);
    }
}
