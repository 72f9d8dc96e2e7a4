namespace Stillwatch.Coordination;

/// <summary>From a sharing graph to candidate groups: neighbours, communities, refinement, merging of what is the same.</summary>
public static class Grouping
{
    /// <summary>Two groups with this share of the smaller one's members in common are one.</summary>
    private const double SameGroupOverlap = 0.6;

    /// <summary>The candidate groups of one view, the largest first.</summary>
    public static IReadOnlyList<CandidateGroup> Find(
        SharingGraph graph, SharingView view, GroupingOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(options);
        var neighbors = NeighborGraph.Build(graph, options.Neighbors, cancellation);
        var membership = LouvainClustering.Cluster(neighbors, options.Resolution, cancellation);
        var refinement = new GroupRefinement(graph, options);
        var groups = new List<CandidateGroup>();
        foreach (var community in Communities(membership, options.MinParties))
        {
            cancellation.ThrowIfCancellationRequested();
            if (refinement.Refine(view, community) is { } group)
            {
                groups.Add(group);
            }
        }

        return Distinct(groups);
    }

    private static IEnumerable<List<int>> Communities(int[] membership, int least)
    {
        var communities = new List<int>[membership.Length == 0 ? 0 : membership.Max() + 1];
        for (var account = 0; account < membership.Length; account++)
        {
            (communities[membership[account]] ??= []).Add(account);
        }

        return communities.Where(community => community.Count >= least);
    }

    private static List<CandidateGroup> Distinct(List<CandidateGroup> groups)
    {
        var kept = new List<CandidateGroup>();
        var owner = new Dictionary<int, List<int>>();
        foreach (var group in groups.OrderByDescending(group => group.Members.Count).ThenBy(group => group.Members[0]))
        {
            var common = group.Members.SelectMany(member => owner.GetValueOrDefault(member) ?? []).CountBy(index => index);
            if (common.Any(pair => pair.Value >= SameGroupOverlap * group.Members.Count))
            {
                continue;
            }

            foreach (var member in group.Members)
            {
                (owner.TryGetValue(member, out var list) ? list : owner[member] = []).Add(kept.Count);
            }

            kept.Add(group);
        }

        return kept;
    }
}
