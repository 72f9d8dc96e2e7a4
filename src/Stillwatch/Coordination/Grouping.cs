using System.Collections.Concurrent;
using Stillwatch.Sketching;

namespace Stillwatch.Coordination;

/// <summary>From a sharing graph to candidate groups: communities, dense blocks, refinement, and of what is nearly the same one.</summary>
public static class Grouping
{
    /// <summary>Two groups whose members overlap by this much (Jaccard index) are one.</summary>
    private const double SameGroupOverlap = 0.6;

    /// <summary>
    /// Components up to this size are searched whole besides: where one campaign is all that is shared, every even split of it has the same
    /// modularity as the whole, so that its communities may be too small to be seen.
    /// </summary>
    private const int LargestWholeComponent = 4096;

    /// <summary>The candidate groups of one view, the largest first.</summary>
    public static IReadOnlyList<CandidateGroup> Find(
        SharingGraph graph, SharingView view, GroupingOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(options);
        var level = LouvainLevel.From(graph, options.MinLoad, options.MaxParties);
        var communities = Communities(level, graph.AccountCount, options, cancellation);
        var groups = new HashSet<CandidateGroup>(ReferenceEqualityComparer.Instance);
        var memory = new RefinementMemory();
        Parallel.ForEach(
            Partitioner.Create(communities, EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => (
                Search: new GroupSearch(graph, view, options, memory),
                Found: new HashSet<CandidateGroup>(ReferenceEqualityComparer.Instance)),
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

    /// <summary>
    /// The communities that are large enough, and small components whole, the largest first, so that no thread is left with it at the end.
    /// </summary>
    internal static IEnumerable<List<int>> Communities(
        LouvainLevel level, int accounts, GroupingOptions options, CancellationToken cancellation)
    {
        var membership = LouvainClustering.Cluster(level, options.Resolution, cancellation);
        var communities = Sets(membership, accounts, options.MinParties, int.MaxValue);
        var components = Sets(ConnectedComponents.Of(level), accounts, options.MinParties, LargestWholeComponent)
            .Where(component => component.Exists(account => membership[account] != membership[component[0]]));
        return communities.Concat(components).OrderByDescending(static community => community.Count);
    }

    /// <summary>The sets of a size among the first accounts, by their number; their members ascend.</summary>
    private static IEnumerable<List<int>> Sets(int[] membership, int accounts, int least, int most)
    {
        var sizes = new int[membership.Length];
        for (var account = 0; account < accounts; account++)
        {
            sizes[membership[account]]++;
        }

        var sets = Array.ConvertAll(sizes, size => size >= least && size <= most ? new List<int>(size) : null);
        for (var account = 0; account < accounts; account++)
        {
            sets[membership[account]]?.Add(account);
        }

        return sets.OfType<List<int>>();
    }

    /// <summary>Of groups that are nearly the same the largest; of equally large ones the first by what is typical.</summary>
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
