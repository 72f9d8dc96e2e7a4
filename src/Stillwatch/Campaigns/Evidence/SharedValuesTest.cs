using Stillwatch.Coordination;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>
/// What a group that was found on one side (what is asked) shares on the other (where it comes from), and the other way round, against
/// what as many accounts drawn at random would share.
/// </summary>
/// <remarks>
/// For one kind of value, S counts members beyond the first at each value, over values that few parties use. For random members
/// the number at a value is hypergeometric, nearly Poisson with mean μ = m·d/N, and its excess has mean μ - 1 + e^-μ, so S has the sum of
/// these as mean. How much more than random accounts independent ones share is for <see cref="ExcessNull"/> to say.
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

        var parties = members.Select(graph.PartyOf).Distinct().Count();
        var (shared, sharing) = (new List<(int Value, int Parties)>(), new HashSet<int>());
        var uses = Uses(graph, members, kind);
        for (var (first, end) = (0, 0); first < uses.Count; first = end)
        {
            for (end = first; end < uses.Count && uses[end] >> 32 == uses[first] >> 32;)
            {
                end++;
            }

            if (end - first > 1)
            {
                shared.Add(((int)(uses[first] >> 32), end - first));
                sharing.UnionWith(uses.GetRange(first, end - first).Select(static use => (int)(uint)use));
            }
        }

        return new SharedValuesResult(
            kind,
            sharing.Count,
            parties,
            shared.OrderByDescending(static value => value.Parties).ThenBy(static value => value.Value)
                .Select(static value => value.Value).ToList(),
            new ExcessCount(shared.Sum(static value => (long)value.Parties - 1), Mean(graph, kind, parties)));
    }

    /// <summary>Each pair of a value of the kind (upper half) and a party that uses it, once, ascending.</summary>
    private static List<ulong> Uses(SharingGraph graph, IReadOnlyList<int> members, SharedValueKind kind)
    {
        var uses = new List<ulong>();
        foreach (var member in members)
        {
            foreach (var use in graph.UsesOf(member))
            {
                if (graph.Value(use.Value).Kind == kind && graph.Value(use.Value).Parties <= Popular(graph))
                {
                    uses.Add(((ulong)(uint)use.Value << 32) | (uint)graph.PartyOf(member));
                }
            }
        }

        uses.Sort();
        return [.. uses.Where((use, index) => index == 0 || use != uses[index - 1])];
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
