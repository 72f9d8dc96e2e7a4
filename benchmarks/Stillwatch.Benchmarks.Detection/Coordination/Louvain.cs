using Stillwatch.Coordination;

namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>Communities of a weighted graph by greedy modularity.</summary>
/// <remarks>
/// V. Blondel, J.-L. Guillaume, R. Lambiotte, E. Lefebvre, "Fast unfolding of communities in large networks", 2008. Nodes are visited in
/// order, so that the result is a function of the graph.
/// </remarks>
internal static class Louvain
{
    private const double MinGain = 1e-12;
    private const int MaxPasses = 100;

    /// <summary>The community of every node, numbered from 0 in the order of their first node.</summary>
    public static int[] Cluster(WeightedGraph graph, CancellationToken cancellation)
    {
        var membership = Enumerable.Range(0, graph.Count).ToArray();
        for (var level = graph; ;)
        {
            var community = Move(level, cancellation);
            var count = Renumber(community);
            if (count == level.Count)
            {
                return membership;
            }

            membership = Array.ConvertAll(membership, node => community[node]);
            level = level.Aggregate(community, count);
        }
    }

    private static int[] Move(WeightedGraph graph, CancellationToken cancellation)
    {
        var community = Enumerable.Range(0, graph.Count).ToArray();
        var (totals, links) = (graph.Strengths.ToArray(), new SparseSums(graph.Count));
        for (var (pass, moved) = (0, true); moved && pass < MaxPasses; pass++)
        {
            cancellation.ThrowIfCancellationRequested();
            moved = false;
            for (var node = 0; node < graph.Count; node++)
            {
                moved |= MoveNode(graph, node, community, totals, links);
            }
        }

        return community;
    }

    private static bool MoveNode(WeightedGraph graph, int node, int[] community, double[] totals, SparseSums links)
    {
        links.Clear();
        links.Add(community[node], 0);
        foreach (var (other, weight) in graph.NeighborsOf(node))
        {
            links.Add(community[other], weight);
        }

        var (own, strength) = (community[node], graph.Strengths[node]);
        totals[own] -= strength;
        var (best, bestGain) = (own, Gain(own));
        foreach (var candidate in links.Keys)
        {
            if (Gain(candidate) is var gain && gain > bestGain + MinGain)
            {
                (best, bestGain) = (candidate, gain);
            }
        }

        totals[best] += strength;
        community[node] = best;
        return best != own;

        double Gain(int candidate) =>
            links[candidate] - (graph.TotalStrength > 0 ? strength * totals[candidate] / graph.TotalStrength : 0);
    }

    private static int Renumber(int[] community)
    {
        var names = new Dictionary<int, int>();
        for (var node = 0; node < community.Length; node++)
        {
            names.TryAdd(community[node], names.Count);
            community[node] = names[community[node]];
        }

        return names.Count;
    }
}
