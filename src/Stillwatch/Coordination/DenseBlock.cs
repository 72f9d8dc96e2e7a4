namespace Stillwatch.Coordination;

/// <summary>Finds the densest block of parties and values among some accounts, by greedy peeling.</summary>
/// <remarks>
/// FRAUDAR (B. Hooi et al., KDD 2016): with f(S) the weight of the uses inside S, peel off the party or value that carries the least
/// weight, over and over, and return the S on the way with the largest f(S)/|S|; at least half as dense as the densest
/// there is. Camouflage does not help: uses outside the block never enter f. Each party counts once for each value, so that
/// one organization's accounts make no block. Cost O(E log V) of the accounts' uses. Not thread-safe.
/// </remarks>
internal sealed class DenseBlock
{
    private readonly SharingGraph _graph;
    private readonly int[] _local;

    /// <param name="graph">Who uses what.</param>
    public DenseBlock(SharingGraph graph)
    {
        (_graph, _local) = (graph, new int[graph.ValueCount]);
        Array.Fill(_local, -1);
    }

    /// <summary>
    /// The parties of the densest block of the accounts given, then those of the densest block of the parties that are left, and so on.
    /// </summary>
    public IEnumerable<HashSet<int>> FindAll(IReadOnlyCollection<int> accounts)
    {
        for (var uses = Uses(accounts); uses.Length > 0;)
        {
            var block = Peel(uses, static (value, _, _) => value.Weight);
            yield return block;
            uses = Array.FindAll(uses, use => !block.Contains(Party(use)));
        }
    }

    /// <summary>
    /// The parties of the densest block when values weigh by their rarity among the accounts given: what all of them share
    /// holds nobody together any more.
    /// </summary>
    public HashSet<int> FindInside(IReadOnlyCollection<int> accounts) =>
        Peel(Uses(accounts), static (value, users, parties) => users < 2 ? 0 : value.Weight * Math.Log((double)parties / users));

    private HashSet<int> Peel(ulong[] uses, Func<SharedValue, int, int, double> weigh)
    {
        if (uses.Length == 0)
        {
            return [];
        }

        var (numbered, parties, values) = Number(uses);
        var peeling = new Peeling(numbered, parties.Count, values.Count);
        var weights = new double[values.Count];
        for (var value = 0; value < weights.Length; value++)
        {
            weights[value] = weigh(_graph.Value(values[value]), peeling.UsersOf(value), parties.Count);
        }

        return peeling.Run(weights).Select(party => parties[party]).ToHashSet();
    }

    /// <summary>Each pair of a party and a weighty value that it uses, once, ascending; the party in the upper half.</summary>
    /// <remarks>
    /// Accounts without organization, which are most, come in order and without doubles, so that only the others are sorted.
    /// </remarks>
    private ulong[] Uses(IReadOnlyCollection<int> accounts)
    {
        var (alone, organized) = (new List<ulong>(), new List<ulong>());
        foreach (var account in accounts)
        {
            var uses = _graph.IsAlone(account) ? alone : organized;
            foreach (var use in _graph.UsesOf(account))
            {
                if (use.Load > 0)
                {
                    uses.Add(((ulong)(uint)_graph.PartyOf(account) << 32) | (uint)use.Value);
                }
            }
        }

        organized.Sort();
        if (!IsAscending(alone))
        {
            alone.Sort();
        }

        return Merge(alone, organized);
    }

    private static bool IsAscending(List<ulong> uses)
    {
        for (var i = 1; i < uses.Count; i++)
        {
            if (uses[i] < uses[i - 1])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What is in either of two ascending lists, once, ascending.</summary>
    private static ulong[] Merge(List<ulong> left, List<ulong> right)
    {
        var merged = new ulong[left.Count + right.Count];
        var kept = 0;
        for (var (i, j) = (0, 0); i < left.Count || j < right.Count;)
        {
            var next = j == right.Count || (i < left.Count && left[i] <= right[j]) ? left[i++] : right[j++];
            if (kept == 0 || merged[kept - 1] != next)
            {
                merged[kept++] = next;
            }
        }

        Array.Resize(ref merged, kept);
        return merged;
    }

    /// <summary>Gives parties and values numbers from 0, in the order in which they come.</summary>
    private (ulong[] Numbered, List<int> Parties, List<int> Values) Number(ulong[] uses)
    {
        var (numbered, parties, values) = (new ulong[uses.Length], new List<int>(), new List<int>());
        for (var i = 0; i < uses.Length; i++)
        {
            if (parties.Count == 0 || parties[^1] != Party(uses[i]))
            {
                parties.Add(Party(uses[i]));
            }

            ref var local = ref _local[(int)(uint)uses[i]];
            if (local < 0)
            {
                local = values.Count;
                values.Add((int)(uint)uses[i]);
            }

            numbered[i] = ((ulong)(uint)(parties.Count - 1) << 32) | (uint)local;
        }

        foreach (var value in values)
        {
            _local[value] = -1;
        }

        return (numbered, parties, values);
    }

    private static int Party(ulong use) => (int)(use >> 32);
}
