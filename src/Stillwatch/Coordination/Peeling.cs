namespace Stillwatch.Coordination;

/// <summary>One run of greedy peeling over a bipartite graph. Nodes are the parties, then the values.</summary>
internal sealed class Peeling
{
    private readonly int _parties;
    private readonly int[] _start;
    private readonly int[] _neighbors;

    /// <param name="uses">Pairs of party (upper half) and value, each once, by party.</param>
    /// <param name="parties">How many parties there are.</param>
    /// <param name="values">How many values there are.</param>
    public Peeling(ulong[] uses, int parties, int values)
    {
        (_parties, _start, _neighbors) = (parties, new int[parties + values + 1], new int[2 * uses.Length]);
        foreach (var use in uses)
        {
            _start[(int)(use >> 32) + 1]++;
            _start[parties + (int)(uint)use + 1]++;
        }

        for (var node = 1; node < _start.Length; node++)
        {
            _start[node] += _start[node - 1];
        }

        var next = _start.ToArray();
        foreach (var use in uses)
        {
            var (party, value) = ((int)(use >> 32), parties + (int)(uint)use);
            _neighbors[next[party]++] = value;
            _neighbors[next[value]++] = party;
        }
    }

    /// <summary>How many parties use a value.</summary>
    public int UsersOf(int value) => _start[_parties + value + 1] - _start[_parties + value];

    /// <summary>The parties that are left where the graph is densest.</summary>
    /// <param name="weights">What a use of each value weighs.</param>
    public IEnumerable<int> Run(double[] weights)
    {
        var queue = new PeelingQueue(Loads(weights, out var total));
        var order = new int[queue.Count];
        var (best, bestAfter) = (total / order.Length, 0);
        for (var peeled = 0; peeled < order.Length;)
        {
            var (node, load) = queue.Take();
            total -= load;
            foreach (var neighbor in _neighbors.AsSpan(_start[node].._start[node + 1]))
            {
                queue.Lower(neighbor, weights[Math.Max(node, neighbor) - _parties]);
            }

            order[peeled++] = node;
            if (queue.Count > 0 && total / queue.Count > best)
            {
                (best, bestAfter) = (total / queue.Count, peeled);
            }
        }

        return order.Skip(bestAfter).Where(node => node < _parties);
    }

    private double[] Loads(double[] weights, out double total)
    {
        var loads = new double[_start.Length - 1];
        total = 0;
        for (var node = 0; node < _parties; node++)
        {
            foreach (var value in _neighbors.AsSpan(_start[node].._start[node + 1]))
            {
                loads[node] += weights[value - _parties];
                loads[value] += weights[value - _parties];
            }

            total += loads[node];
        }

        return loads;
    }
}
