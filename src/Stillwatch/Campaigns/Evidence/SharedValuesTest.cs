using Stillwatch.Coordination;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>
/// What a group that was found on one side (what is asked) shares on the other (where it comes from), and the other way round, against
/// what as many accounts drawn at random would share.
/// </summary>
/// <remarks>
/// For one kind of value, S counts members beyond the first at each value, over values that few parties use. For random members
/// the number at a value is hypergeometric, nearly Poisson with mean μ = m·d/N, and its excess has mean μ - 1 + e^-μ, so S has the sum of
/// these as mean. How much more than random accounts independent ones share is for <see cref="SharedValuesNull"/> to say.
/// </remarks>
internal static class SharedValuesTest
{
    /// <summary>Values that more than this share of all parties use are left out.</summary>
    private const double MaxShare = 0.01;

    /// <summary>
    /// What members of the group share of one kind; null if the log has no shared values of it. That a group shares nothing is a
    /// result like any other: left out, the others would weigh too much.
    /// </summary>
    public static SharedValuesResult? Test(SharingGraph graph, IReadOnlyList<int> members, SharedValueKind kind)
    {
        if (graph.Degrees(kind).Count == 0)
        {
            return null;
        }

        var parties = new Dictionary<int, HashSet<int>>();
        var all = new HashSet<int>();
        foreach (var member in members)
        {
            all.Add(graph.PartyOf(member));
            foreach (var use in graph.UsesOf(member))
            {
                if (graph.Value(use.Value).Kind == kind && graph.Value(use.Value).Parties <= Popular(graph))
                {
                    (parties.TryGetValue(use.Value, out var users) ? users : parties[use.Value] = []).Add(graph.PartyOf(member));
                }
            }
        }

        var shared = parties.Where(pair => pair.Value.Count > 1).ToList();
        return new SharedValuesResult(
            kind,
            shared.SelectMany(pair => pair.Value).Distinct().Count(),
            all.Count,
            shared.OrderByDescending(pair => pair.Value.Count).ThenBy(pair => pair.Key).Select(pair => pair.Key).ToList(),
            shared.Sum(pair => (long)pair.Value.Count - 1),
            Mean(graph, kind, all.Count));
    }

    private static int Popular(SharingGraph graph) => (int)Math.Max(3, MaxShare * graph.PartyCount);

    private static double Mean(SharingGraph graph, SharedValueKind kind, int members)
    {
        var sum = 0.0;
        foreach (var (parties, values) in graph.Degrees(kind))
        {
            if (parties <= Popular(graph))
            {
                var mean = (double)members * parties / graph.PartyCount;
                sum += values * (mean - 1 + Math.Exp(-mean));
            }
        }

        return sum;
    }
}
