namespace Stillwatch.Coordination;

/// <summary>Communities of a weighted graph by greedy modularity.</summary>
/// <remarks>
/// V. Blondel, J.-L. Guillaume, R. Lambiotte, E. Lefebvre, "Fast unfolding of communities in large networks", 2008, with the
/// resolution of Reichardt and Bornholdt 2006. Nodes are visited in index order and ties go to the smaller community, so the
/// result is a function of the graph. Modularity has a resolution limit (Fortunato and Barthélemy 2007): small groups may come
/// out merged, which the refinement that follows undoes. Cost is linear in the edges for each of a few passes.
/// </remarks>
internal static class LouvainClustering
{
    private const int MaxLevels = 12;
    private const int MaxPasses = 16;
    private const double MinGain = 1e-9;

    /// <summary>The community of every node; communities are numbered from 0 in the order of their first node.</summary>
    public static int[] Cluster(LouvainLevel graph, double resolution, CancellationToken cancellation)
    {
        var level = graph;
        var membership = Enumerable.Range(0, graph.Count).ToArray();
        for (var depth = 0; depth < MaxLevels; depth++)
        {
            cancellation.ThrowIfCancellationRequested();
            var community = Move(level, resolution, cancellation, out var moved);
            if (!moved)
            {
                break;
            }

            var count = Renumber(community);
            for (var node = 0; node < membership.Length; node++)
            {
                membership[node] = community[membership[node]];
            }

            level = level.Aggregate(community, count);
        }

        Renumber(membership);
        return membership;
    }

    private static int[] Move(LouvainLevel level, double resolution, CancellationToken cancellation, out bool moved)
    {
        var community = Enumerable.Range(0, level.Count).ToArray();
        var state = new MoveState(community, level.Strength.ToArray(), new SparseSums(level.Count));
        moved = false;
        for (var pass = 0; pass < MaxPasses; pass++)
        {
            cancellation.ThrowIfCancellationRequested();
            var changes = 0;
            for (var node = 0; node < level.Count; node++)
            {
                changes += MoveNode(level, node, resolution, state) ? 1 : 0;
            }

            moved |= changes > 0;
            if (changes <= level.Count / 1000)
            {
                break;
            }
        }

        return community;
    }

    private static bool MoveNode(LouvainLevel level, int node, double resolution, in MoveState state)
    {
        var (community, total, links) = (state.Community, state.Total, state.Links);
        links.Clear();
        var own = community[node];
        links.Add(own, 0);
        for (var i = level.Start[node]; i < level.Start[node + 1]; i++)
        {
            links.Add(community[level.Target[i]], level.Weight[i]);
        }

        var strength = level.Strength[node];
        total[own] -= strength;
        var (best, bestGain) = (own, Gain(own));
        foreach (var candidate in links.Keys)
        {
            var gain = Gain(candidate);
            if (gain > bestGain + MinGain || (gain > bestGain - MinGain && candidate < best && best != own))
            {
                (best, bestGain) = (candidate, gain);
            }
        }

        total[best] += strength;
        community[node] = best;
        return best != own;

        double Gain(int candidate) =>
            links[candidate] - (level.TotalStrength > 0 ? resolution * strength * total[candidate] / level.TotalStrength : 0);
    }

    private static int Renumber(int[] community)
    {
        var names = new int[community.Length];
        var count = 0;
        for (var node = 0; node < community.Length; node++)
        {
            ref var name = ref names[community[node]];
            name = name == 0 ? ++count : name;
            community[node] = name - 1;
        }

        return count;
    }

    private readonly record struct MoveState(int[] Community, double[] Total, SparseSums Links);
}
