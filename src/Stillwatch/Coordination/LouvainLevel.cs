namespace Stillwatch.Coordination;

/// <summary>The graph at one level of <see cref="LouvainClustering"/>: communities of the level before are its nodes.</summary>
internal sealed class LouvainLevel
{
    private readonly double[] _loops;

    private LouvainLevel(int[] start, int[] target, double[] weight, double[] loops)
    {
        (Start, Target, Weight, _loops) = (start, target, weight, loops);
        Strength = new double[start.Length - 1];
        for (var node = 0; node < Strength.Length; node++)
        {
            Strength[node] = loops[node];
            for (var i = start[node]; i < start[node + 1]; i++)
            {
                Strength[node] += weight[i];
            }

            TotalStrength += Strength[node];
        }
    }

    /// <summary>Nodes.</summary>
    public int Count => Start.Length - 1;

    /// <summary>Starts of the rows of <see cref="Target"/> and <see cref="Weight"/>.</summary>
    public int[] Start { get; }

    /// <summary>Neighbours; loops are not among them.</summary>
    public int[] Target { get; }

    /// <summary>Weights of the edges.</summary>
    public double[] Weight { get; }

    /// <summary>Sum of a node's edges, loops counted twice.</summary>
    public double[] Strength { get; }

    /// <summary>Sum over all nodes: twice the weight of the graph.</summary>
    public double TotalStrength { get; }

    /// <summary>The level of the accounts and the values themselves: the accounts first, then the values.</summary>
    /// <param name="graph">Who uses what; a use weighs its load.</param>
    /// <param name="minLoad">Uses of less load are left out.</param>
    /// <param name="maxParties">Values with more parties are left out.</param>
    public static LouvainLevel From(SharingGraph graph, double minLoad, int maxParties)
    {
        var edges = Edges(graph, minLoad, maxParties);
        var start = new int[graph.AccountCount + graph.ValueCount + 1];
        foreach (var (account, value, _) in edges)
        {
            start[account + 1]++;
            start[graph.AccountCount + value + 1]++;
        }

        for (var node = 1; node < start.Length; node++)
        {
            start[node] += start[node - 1];
        }

        var (target, weight, next) = (new int[start[^1]], new double[start[^1]], start.ToArray());
        foreach (var (account, value, load) in edges)
        {
            var other = graph.AccountCount + value;
            (target[next[account]], weight[next[account]++]) = (other, load);
            (target[next[other]], weight[next[other]++]) = (account, load);
        }

        return new LouvainLevel(start, target, weight, new double[start.Length - 1]);
    }

    private static List<(int Account, int Value, float Load)> Edges(SharingGraph graph, double minLoad, int maxParties)
    {
        var edges = new List<(int Account, int Value, float Load)>();
        for (var account = 0; account < graph.AccountCount; account++)
        {
            foreach (var use in graph.UsesOf(account))
            {
                var parties = graph.Value(use.Value).Parties;
                if (use.Load >= minLoad && parties >= TypicalValues.MinUsers && parties <= maxParties)
                {
                    edges.Add((account, use.Value, use.Load));
                }
            }
        }

        return edges;
    }

    /// <summary>The graph of the communities.</summary>
    public LouvainLevel Aggregate(int[] community, int count)
    {
        var (first, nodes) = ByCommunity(community, count);
        var (start, loops) = (new int[count + 1], new double[count]);
        var (target, weight) = (new List<int>(), new List<double>());
        var sums = new SparseSums(count);
        for (var own = 0; own < count; own++)
        {
            sums.Clear();
            sums.Add(own, 0);
            foreach (var node in nodes.AsSpan(first[own]..first[own + 1]))
            {
                sums.Add(own, _loops[node]);
                for (var i = Start[node]; i < Start[node + 1]; i++)
                {
                    sums.Add(community[Target[i]], Weight[i]);
                }
            }

            foreach (var other in sums.Ascending().Where(other => other != own))
            {
                target.Add(other);
                weight.Add(sums[other]);
            }

            loops[own] = sums[own];
            start[own + 1] = target.Count;
        }

        return new LouvainLevel(start, target.ToArray(), weight.ToArray(), loops);
    }

    /// <summary>The nodes of each community, ascending, one community after the other, and where each begins.</summary>
    private static (int[] First, int[] Nodes) ByCommunity(int[] community, int count)
    {
        var first = new int[count + 1];
        foreach (var own in community)
        {
            first[own + 1]++;
        }

        for (var own = 1; own <= count; own++)
        {
            first[own] += first[own - 1];
        }

        var (nodes, next) = (new int[community.Length], first.ToArray());
        for (var node = 0; node < community.Length; node++)
        {
            nodes[next[community[node]]++] = node;
        }

        return (first, nodes);
    }
}
