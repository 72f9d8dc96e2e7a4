using System.Runtime.InteropServices;

namespace Stillwatch.Coordination;

/// <summary>The densest block of parties and values inside a community, by greedy peeling.</summary>
/// <remarks>
/// FRAUDAR (B. Hooi et al., KDD 2016): with f(S) the weight of the uses inside S, peel off the party or value that carries the least
/// weight, over and over, and return the S on the way with the largest f(S)/|S|; at least half as dense as the densest
/// there is. Camouflage does not help: uses outside the block never enter f. Each party counts once for each value, so that
/// one organization's accounts make no block. Cost O(E log V) of the community.
/// </remarks>
internal sealed class DenseBlock
{
    private readonly int[][] _valuesOf;
    private readonly int[][] _partiesOf;
    private readonly double[] _weight;
    private readonly int[] _party;
    private readonly bool[] _gone;
    private readonly double[] _load;

    private DenseBlock(int[] party, int[][] valuesOf, int[][] partiesOf, double[] weight)
    {
        (_party, _valuesOf, _partiesOf, _weight) = (party, valuesOf, partiesOf, weight);
        _gone = new bool[party.Length + weight.Length];
        _load = new double[_gone.Length];
        for (var node = 0; node < party.Length; node++)
        {
            foreach (var value in valuesOf[node])
            {
                _load[node] += weight[value];
                _load[party.Length + value] += weight[value];
            }
        }
    }

    /// <summary>The parties of the densest block of the accounts given.</summary>
    public static HashSet<int> Find(SharingGraph graph, IReadOnlyCollection<int> accounts) =>
        Of(graph, Uses(graph, accounts), static (value, _) => value.Weight).Peel();

    /// <summary>
    /// The parties of the densest block when values weigh by their rarity among the accounts given: what all of them share
    /// holds nobody together any more.
    /// </summary>
    public static HashSet<int> FindInside(SharingGraph graph, IReadOnlyCollection<int> accounts)
    {
        var uses = Uses(graph, accounts);
        var parties = uses.Count;
        return Of(graph, uses, (value, users) => users < 2 ? 0 : value.Weight * Math.Log((double)parties / users)).Peel();
    }

    private static SortedDictionary<int, SortedSet<int>> Uses(SharingGraph graph, IReadOnlyCollection<int> accounts)
    {
        var uses = new SortedDictionary<int, SortedSet<int>>();
        foreach (var account in accounts)
        {
            foreach (var use in graph.UsesOf(account))
            {
                if (graph.Value(use.Value).Weight > 0)
                {
                    (uses.TryGetValue(graph.PartyOf(account), out var values) ? values : uses[graph.PartyOf(account)] = [])
                        .Add(use.Value);
                }
            }
        }

        return uses;
    }

    private static DenseBlock Of(
        SharingGraph graph, SortedDictionary<int, SortedSet<int>> uses, Func<SharedValue, int, double> weigh)
    {
        var index = new Dictionary<int, int>();
        var users = new List<List<int>>();
        var valuesOf = new List<int[]>();
        foreach (var values in uses.Values)
        {
            foreach (var value in values)
            {
                ref var local = ref CollectionsMarshal.GetValueRefOrAddDefault(index, value, out var known);
                if (!known)
                {
                    local = users.Count;
                    users.Add([]);
                }

                users[local].Add(valuesOf.Count);
            }

            valuesOf.Add(values.Select(value => index[value]).ToArray());
        }

        var weight = index.OrderBy(pair => pair.Value).Select(pair => weigh(graph.Value(pair.Key), users[pair.Value].Count)).ToArray();
        return new DenseBlock(uses.Keys.ToArray(), valuesOf.ToArray(), users.Select(list => list.ToArray()).ToArray(), weight);
    }

    private HashSet<int> Peel()
    {
        var queue = new PriorityQueue<int, (double Load, int Node)>();
        for (var node = 0; node < _load.Length; node++)
        {
            queue.Enqueue(node, (_load[node], node));
        }

        var total = _load.Take(_party.Length).Sum();
        var (alive, best, bestAfter) = (_load.Length, Density(total, _load.Length), 0);
        var order = new List<int>(_load.Length);
        while (queue.TryDequeue(out var node, out var priority))
        {
            if (_gone[node] || priority.Load > _load[node])
            {
                continue;
            }

            total -= _load[node];
            Remove(node, queue);
            order.Add(node);
            alive--;
            if (Density(total, alive) > best)
            {
                (best, bestAfter) = (Density(total, alive), order.Count);
            }
        }

        var block = _party.ToHashSet();
        block.ExceptWith(order.Take(bestAfter).Where(node => node < _party.Length).Select(node => _party[node]));
        return block;
    }

    private void Remove(int node, PriorityQueue<int, (double Load, int Node)> queue)
    {
        _gone[node] = true;
        var isParty = node < _party.Length;
        foreach (var neighbor in isParty ? _valuesOf[node] : _partiesOf[node - _party.Length])
        {
            var other = isParty ? neighbor + _party.Length : neighbor;
            if (!_gone[other])
            {
                _load[other] -= _weight[isParty ? neighbor : node - _party.Length];
                queue.Enqueue(other, (_load[other], other));
            }
        }
    }

    private static double Density(double total, int alive) => alive == 0 ? 0 : total / alive;
}
