namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>An undirected graph with weights as compressed sparse rows; a node may have a loop. Immutable.</summary>
internal sealed class WeightedGraph
{
    private readonly int[] _start;
    private readonly (int Node, double Weight)[] _neighbors;
    private readonly double[] _loops;

    /// <param name="count">How many nodes there are.</param>
    /// <param name="edges">Each edge once; both ends may be the same node.</param>
    public WeightedGraph(int count, IReadOnlyCollection<(int First, int Second, double Weight)> edges)
    {
        (_start, _loops, Strengths) = (new int[count + 1], new double[count], new double[count]);
        foreach (var (first, second, weight) in edges)
        {
            Strengths[first] += weight;
            Strengths[second] += weight;
            TotalStrength += 2 * weight;
            _loops[first] += first == second ? 2 * weight : 0;
            _start[first + 1] += first == second ? 0 : 1;
            _start[second + 1] += first == second ? 0 : 1;
        }

        for (var node = 1; node <= count; node++)
        {
            _start[node] += _start[node - 1];
        }

        _neighbors = new (int, double)[_start[count]];
        var next = _start.AsSpan(0, count).ToArray();
        foreach (var (first, second, weight) in edges.Where(static edge => edge.First != edge.Second))
        {
            _neighbors[next[first]++] = (second, weight);
            _neighbors[next[second]++] = (first, weight);
        }
    }

    /// <summary>Nodes.</summary>
    public int Count => _loops.Length;

    /// <summary>The weight of each node's edges, loops twice.</summary>
    public double[] Strengths { get; }

    /// <summary>Twice the weight of all edges.</summary>
    public double TotalStrength { get; }

    /// <summary>A node's edges to others.</summary>
    public ReadOnlySpan<(int Node, double Weight)> NeighborsOf(int node) => _neighbors.AsSpan(_start[node].._start[node + 1]);

    /// <summary>The graph whose nodes are communities: edges between them are added up, those inside become loops.</summary>
    public WeightedGraph Aggregate(int[] community, int count)
    {
        var sums = new Dictionary<(int First, int Second), double>();
        for (var node = 0; node < Count; node++)
        {
            Add(community[node], community[node], _loops[node] / 2);
            foreach (var (other, weight) in NeighborsOf(node))
            {
                if (node < other)
                {
                    Add(Math.Min(community[node], community[other]), Math.Max(community[node], community[other]), weight);
                }
            }
        }

        return new(count, [.. sums.Select(static pair => (pair.Key.First, pair.Key.Second, pair.Value))]);

        void Add(int first, int second, double weight)
        {
            if (weight > 0)
            {
                sums[(first, second)] = sums.GetValueOrDefault((first, second)) + weight;
            }
        }
    }

    /// <summary>Newman and Girvan's modularity of a division into communities.</summary>
    public double Modularity(int[] community)
    {
        var (inside, strengths) = (0.0, new Dictionary<int, double>());
        for (var node = 0; node < Count; node++)
        {
            strengths[community[node]] = strengths.GetValueOrDefault(community[node]) + Strengths[node];
            inside += _loops[node];
            foreach (var (other, weight) in NeighborsOf(node))
            {
                inside += community[other] == community[node] ? weight : 0;
            }
        }

        return TotalStrength == 0
            ? 0
            : (inside / TotalStrength) - strengths.Values.Sum(strength => strength / TotalStrength * (strength / TotalStrength));
    }
}
