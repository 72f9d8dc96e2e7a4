using Stillwatch.Benchmarks.Detection.Coordination;

namespace Stillwatch.Benchmarks.Detection.Sybil;

/// <summary>The rule by which the airdrop's authors labelled: accounts that hang together, however loosely, are one operator.</summary>
internal static class ConnectedAccounts
{
    /// <summary>Suspicion by the size of an account's component.</summary>
    public static Suspicion Detect(BipartiteGraph graph, int minGroup)
    {
        var links = new List<(int First, int Second, double Similarity)>();
        for (var value = 0; value < graph.ValueCount; value++)
        {
            var users = graph.AccountsOf(value);
            for (var i = 1; i < users.Length; i++)
            {
                links.Add((users[0], users[i], 1));
            }

            if (users.Length > 0 && value < graph.AccountCount)
            {
                links.Add((value, users[0], 1));
            }
        }

        var groups = new SingleLinkage(graph.AccountCount, links).Clusters(0, minGroup);
        return Suspicion.FromGroups(
            graph.AccountCount, [.. groups.Select(static group => (group, Array.ConvertAll(group, static _ => 1.0)))]);
    }
}
