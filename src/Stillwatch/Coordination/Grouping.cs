using System.Collections.Concurrent;
using Stillwatch.Sketching;

namespace Stillwatch.Coordination;

/// <summary>From a sharing graph to candidate groups: communities, dense blocks, refinement, and of what is nearly the same one.</summary>
public static class Grouping
{
    /// <summary>Two groups whose members overlap by this much (Jaccard index) are one.</summary>
    private const double SameGroupOverlap = 0.6;

    /// <summary>The candidate groups of one view, the largest first.</summary>
    public static IReadOnlyList<CandidateGroup> Find(
        SharingGraph graph, SharingView view, GroupingOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(options);
        var level = LouvainLevel.From(graph, options.MinLoad, options.MaxParties);
        var membership = LouvainClustering.Cluster(level, options.Resolution, cancellation);
        var communities = Communities(membership.AsSpan(0, graph.AccountCount), options.MinParties);
        var groups = new HashSet<CandidateGroup>(ReferenceEqualityComparer.Instance);
        var memory = new RefinementMemory();
        Parallel.ForEach(
            Partitioner.Create(communities, EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => (Search: new GroupSearch(graph, view, options, memory), Found: new HashSet<CandidateGroup>(ReferenceEqualityComparer.Instance)),
            static (community, _, own) =>
            {
                own.Found.UnionWith(own.Search.Find(community));
                return own;
            },
            own =>
            {
                lock (groups)
                {
                    groups.UnionWith(own.Found);
                }
            });
        return Distinct(groups);
    }

    /// <summary>The communities that are large enough, the largest first, so that no thread is left with it at the end.</summary>
    private static IEnumerable<List<int>> Communities(ReadOnlySpan<int> membership, int least)
    {
        var communities = new SortedDictionary<int, List<int>>();
        for (var account = 0; account < membership.Length; account++)
        {
            (communities.TryGetValue(membership[account], out var community) ? community : communities[membership[account]] = [])
                .Add(account);
        }

        return communities.Values.Where(community => community.Count >= least).OrderByDescending(community => community.Count);
    }

    /// <summary>Of groups that are nearly the same the largest; of equally large ones the one that comes first by what is typical.</summary>
    private static List<CandidateGroup> Distinct(IEnumerable<CandidateGroup> groups)
    {
        var kept = new List<CandidateGroup>();
        var owner = new Dictionary<int, List<int>>();
        var ordered = groups.OrderByDescending(group => group.Members.Count).ThenBy(group => group.Members[0])
            .ThenBy(group => group.Core.Aggregate(0UL, static (hash, value) =>
                XxHash64.Combine(hash, ((ulong)(uint)value.Value << 32) | (uint)value.Members)));
        foreach (var group in ordered)
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
