namespace Stillwatch.Coordination;

/// <summary>From a sharing graph to candidate groups: neighbours, communities, refinement, merging of what is the same.</summary>
public static class Grouping
{
    /// <summary>Two groups whose members overlap by this much (Jaccard index) are one.</summary>
    private const double SameGroupOverlap = 0.6;

    /// <summary>How many groups inside groups are looked at.</summary>
    private const int MaxDepth = 4;

    /// <summary>How many dense blocks of one community are looked at.</summary>
    private const int MaxBlocks = 12;

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
            foreach (var block in Blocks(graph, community, options.MinParties))
            {
                AddNested(graph, refinement.Refine(view, block), refinement, groups);
            }
        }

        return Distinct(groups);
    }

    /// <summary>Adds a group and the denser groups inside it, which may hide behind something that a larger circle shares.</summary>
    private static void AddNested(
        SharingGraph graph, CandidateGroup? group, GroupRefinement refinement, List<CandidateGroup> groups)
    {
        for (var depth = 0; group is not null && depth < MaxDepth; depth++)
        {
            groups.Add(group);
            var inside = DenseBlock.FindInside(graph, group.Members.ToList());
            var nested = group.Members.Where(member => inside.Contains(graph.PartyOf(member))).ToList();
            var before = group.Members.Count;
            group = refinement.Refine(group.View, nested);
            group = group?.Members.Count < before ? group : null;
        }
    }

    /// <summary>Dense blocks of a community, one after the other, each found in what the ones before left over.</summary>
    private static IEnumerable<List<int>> Blocks(SharingGraph graph, List<int> community, int least)
    {
        var rest = community;
        for (var found = 0; found < MaxBlocks && rest.Count >= least; found++)
        {
            var parties = DenseBlock.Find(graph, rest);
            if (parties.Count == 0)
            {
                yield break;
            }

            yield return rest.Where(account => parties.Contains(graph.PartyOf(account))).ToList();
            rest = rest.Where(account => !parties.Contains(graph.PartyOf(account))).ToList();
        }
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
            if (common.Any(pair => pair.Value >= SameGroupOverlap * (group.Members.Count + kept[pair.Key].Members.Count - pair.Value)))
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
