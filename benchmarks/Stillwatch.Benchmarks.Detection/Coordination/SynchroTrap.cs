using System.Runtime.InteropServices;

namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>Clusters of accounts that do the same things at about the same times.</summary>
/// <remarks>
/// Q. Cao, X. Yang, J. Yu, C. Palow, "Uncovering large groups of active malicious accounts in online social networks", CCS 2014. Two
/// actions match if they are on the same object and at most T_sim apart. For each kind of object the similarity of two accounts is the
/// Jaccard index of their actions under that matching; the kinds are added up. Accounts that are more similar than a threshold are
/// linked, and linked accounts are one cluster (single linkage). The matching is the largest one: both accounts' actions on an object in
/// order of time, each taken once. An account's score is the largest threshold at which it is still in a cluster that is large enough.
/// Cost: the pairs of actions on one object within T_sim.
/// </remarks>
internal static class SynchroTrap
{
    /// <summary>Suspicion by the similarity that ties an account to a cluster.</summary>
    /// <param name="accounts">How many accounts there are.</param>
    /// <param name="kinds">The actions on each kind of object.</param>
    /// <param name="options">How to look.</param>
    /// <param name="cancellation">Ends the search.</param>
    public static Suspicion Detect(
        int accounts, IReadOnlyList<IReadOnlyList<AccountAction>> kinds, SynchroTrapOptions options, CancellationToken cancellation)
    {
        var similarities = Similarities(kinds, options, cancellation);
        var linkage = new SingleLinkage(accounts, similarities.Select(static pair => (pair.Key.First, pair.Key.Second, pair.Value)));
        var scores = linkage.Levels(options.MinCluster);
        var groups = linkage.Clusters(options.MinSimilarity, options.MinCluster);
        return new(scores, Array.ConvertAll(scores, score => score > options.MinSimilarity), groups);
    }

    /// <summary>The similarity of all pairs of accounts that have anything in common.</summary>
    public static IReadOnlyDictionary<(int First, int Second), double> Similarities(
        IReadOnlyList<IReadOnlyList<AccountAction>> kinds, SynchroTrapOptions options, CancellationToken cancellation)
    {
        var sums = new Dictionary<(int First, int Second), double>();
        foreach (var actions in kinds)
        {
            var counts = actions.CountBy(static action => action.Account).ToDictionary();
            foreach (var (pair, matched) in Matches(actions, (long)options.MaxApart.TotalMilliseconds, cancellation))
            {
                var union = counts[pair.First] + counts[pair.Second] - matched;
                if (union > options.MinUnion)
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(sums, pair, out _) += (double)matched / union;
                }
            }
        }

        return sums;
    }

    /// <summary>How many actions of two accounts match, for all pairs with at least one.</summary>
    public static IReadOnlyDictionary<(int First, int Second), int> Matches(
        IReadOnlyList<AccountAction> actions, long maxApartMs, CancellationToken cancellation)
    {
        var matches = new Dictionary<(int First, int Second), int>();
        foreach (var onObject in actions.GroupBy(static action => action.Object))
        {
            cancellation.ThrowIfCancellationRequested();
            var ordered = onObject.OrderBy(static action => action.ObservedAtMs).ToArray();
            var times = ordered.ToLookup(static action => action.Account, static action => action.ObservedAtMs)
                .ToDictionary(static times => times.Key, static times => times.ToArray());
            foreach (var pair in Near(ordered, maxApartMs))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(matches, pair, out _) +=
                    LargestMatching(times[pair.First], times[pair.Second], maxApartMs);
            }
        }

        return matches;
    }

    /// <summary>Pairs of accounts with at least two actions near each other.</summary>
    private static HashSet<(int First, int Second)> Near(AccountAction[] ordered, long maxApartMs)
    {
        var pairs = new HashSet<(int First, int Second)>();
        for (var (first, next) = (0, 1); next < ordered.Length; next++)
        {
            while (ordered[next].ObservedAtMs - ordered[first].ObservedAtMs > maxApartMs)
            {
                first++;
            }

            for (var other = first; other < next; other++)
            {
                var (x, y) = (ordered[other].Account, ordered[next].Account);
                if (x != y)
                {
                    pairs.Add(x < y ? (x, y) : (y, x));
                }
            }
        }

        return pairs;
    }

    /// <summary>The most pairs of times at most so far apart, each time in one pair: the earliest that can be paired is.</summary>
    private static int LargestMatching(long[] first, long[] second, long maxApartMs)
    {
        var (matched, i, j) = (0, 0, 0);
        while (i < first.Length && j < second.Length)
        {
            var apart = first[i] - second[j];
            if (Math.Abs(apart) <= maxApartMs)
            {
                (matched, i, j) = (matched + 1, i + 1, j + 1);
            }
            else
            {
                (i, j) = apart < 0 ? (i + 1, j) : (i, j + 1);
            }
        }

        return matched;
    }
}
