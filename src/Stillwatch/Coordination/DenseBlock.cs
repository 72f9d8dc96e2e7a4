using System.Runtime.InteropServices;

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

    /// <summary>The parties of the densest block of the accounts given.</summary>
    public HashSet<int> Find(IReadOnlyCollection<int> accounts) => Peel(accounts, static (value, _, _) => value.Weight);

    /// <summary>
    /// The parties of the densest block when values weigh by their rarity among the accounts given: what all of them share
    /// holds nobody together any more.
    /// </summary>
    public HashSet<int> FindInside(IReadOnlyCollection<int> accounts) =>
        Peel(accounts, static (value, users, parties) => users < 2 ? 0 : value.Weight * Math.Log((double)parties / users));

    private HashSet<int> Peel(IReadOnlyCollection<int> accounts, Func<SharedValue, int, int, double> weigh)
    {
        var uses = Uses(accounts);
        var block = DistinctParties(uses);
        if (block.Count == 0)
        {
            return [];
        }

        var values = Number(uses);
        var peeling = new Peeling(uses, block.Count, values.Length);
        var weights = new double[values.Length];
        for (var value = 0; value < values.Length; value++)
        {
            weights[value] = weigh(_graph.Value(values[value]), peeling.UsersOf(value), block.Count);
        }

        return peeling.Run(weights).Select(party => block[party]).ToHashSet();
    }

    /// <summary>Each pair of a party and a weighty value that it uses, once, ascending; the party in the upper half.</summary>
    private ulong[] Uses(IReadOnlyCollection<int> accounts)
    {
        var uses = new List<ulong>();
        foreach (var account in accounts)
        {
            var party = (ulong)(uint)_graph.PartyOf(account) << 32;
            foreach (var use in _graph.UsesOf(account))
            {
                if (use.Load > 0)
                {
                    uses.Add(party | (uint)use.Value);
                }
            }
        }

        uses.Sort();
        return Distinct(uses);
    }

    private static ulong[] Distinct(List<ulong> ascending)
    {
        var kept = 0;
        for (var i = 0; i < ascending.Count; i++)
        {
            if (i == 0 || ascending[i] != ascending[i - 1])
            {
                ascending[kept++] = ascending[i];
            }
        }

        return CollectionsMarshal.AsSpan(ascending)[..kept].ToArray();
    }

    private static List<int> DistinctParties(ulong[] uses)
    {
        var parties = new List<int>();
        foreach (var use in uses)
        {
            var party = (int)(use >> 32);
            if (parties.Count == 0 || parties[^1] != party)
            {
                parties.Add(party);
            }
        }

        return parties;
    }

    /// <summary>Replaces parties and values by numbers from 0, in the order in which they come; gives the values.</summary>
    private int[] Number(ulong[] uses)
    {
        var values = new List<int>();
        var (party, last) = (-1, ulong.MaxValue);
        for (var i = 0; i < uses.Length; i++)
        {
            party += uses[i] >> 32 == last ? 0 : 1;
            last = uses[i] >> 32;
            var value = (int)(uint)uses[i];
            if (_local[value] < 0)
            {
                _local[value] = values.Count;
                values.Add(value);
            }

            uses[i] = ((ulong)(uint)party << 32) | (uint)_local[value];
        }

        foreach (var value in values)
        {
            _local[value] = -1;
        }

        return values.ToArray();
    }
}
