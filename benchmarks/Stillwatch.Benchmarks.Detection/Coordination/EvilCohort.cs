using Stillwatch.Coordination;

namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>Communities of accounts that use the same addresses.</summary>
/// <remarks>
/// G. Stringhini, P. Mourlanne, G. Jacob, M. Egele, C. Kruegel, G. Vigna, "EvilCohort: detecting communities of malicious accounts on
/// online services", USENIX Security 2015: accounts are linked by the number of addresses that they share, links below a threshold are
/// dropped, and the communities of what remains (Louvain) are reported. An account's score is the most addresses that it shares with one
/// other account, so that a threshold on the score is the paper's s.
/// </remarks>
internal static class EvilCohort
{
    /// <summary>Suspicion by shared addresses.</summary>
    public static Suspicion Detect(BipartiteGraph addresses, EvilCohortOptions options, CancellationToken cancellation)
    {
        var scores = new double[addresses.AccountCount];
        var edges = new List<(int First, int Second, double Weight)>();
        foreach (var (first, second, shared) in Project(addresses, options.MaxAccounts, cancellation))
        {
            scores[first] = Math.Max(scores[first], shared);
            scores[second] = Math.Max(scores[second], shared);
            if (shared >= options.MinShared)
            {
                edges.Add((first, second, shared));
            }
        }

        var community = Louvain.Cluster(new(addresses.AccountCount, edges), cancellation);
        var groups = Enumerable.Range(0, community.Length).GroupBy(account => community[account]).Select(static group => group.ToArray())
            .Where(group => group.Length >= options.MinCommunity).OrderByDescending(static group => group.Length).ToList();
        var accused = new bool[addresses.AccountCount];
        groups.ForEach(group => Array.ForEach(group, account => accused[account] = true));
        return new(scores, accused, groups);
    }

    /// <summary>Pairs of accounts with the number of values that both use, each pair once.</summary>
    public static IEnumerable<(int First, int Second, int Shared)> Project(
        BipartiteGraph graph, int maxAccounts, CancellationToken cancellation)
    {
        var shared = new SparseSums(graph.AccountCount);
        for (var account = 0; account < graph.AccountCount; account++)
        {
            cancellation.ThrowIfCancellationRequested();
            shared.Clear();
            foreach (var value in graph.ValuesOf(account))
            {
                var users = graph.AccountsOf(value);
                foreach (var other in users.Length <= maxAccounts ? users : [])
                {
                    if (other > account)
                    {
                        shared.Add(other, 1);
                    }
                }
            }

            foreach (var other in shared.Keys.ToArray())
            {
                yield return (account, other, (int)shared[other]);
            }
        }
    }
}
