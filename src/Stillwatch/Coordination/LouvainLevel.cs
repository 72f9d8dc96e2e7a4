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

    /// <summary>The level of the accounts themselves.</summary>
    public static LouvainLevel From(NeighborGraph graph)
    {
        var start = new int[graph.AccountCount + 1];
        for (var account = 0; account < graph.AccountCount; account++)
        {
            start[account + 1] = start[account] + graph.Of(account).Length;
        }

        var (target, weight) = (new int[start[^1]], new double[start[^1]]);
        for (var account = 0; account < graph.AccountCount; account++)
        {
            var position = start[account];
            foreach (var neighbor in graph.Of(account))
            {
                (target[position], weight[position++]) = (neighbor.Account, neighbor.Similarity);
            }
        }

        return new LouvainLevel(start, target, weight, new double[graph.AccountCount]);
    }

    /// <summary>The graph of the communities.</summary>
    public LouvainLevel Aggregate(int[] community, int count)
    {
        var rows = new SortedDictionary<int, double>?[count];
        var loops = new double[count];
        for (var node = 0; node < Count; node++)
        {
            var own = community[node];
            loops[own] += _loops[node];
            for (var i = Start[node]; i < Start[node + 1]; i++)
            {
                var other = community[Target[i]];
                if (other == own)
                {
                    loops[own] += Weight[i];
                }
                else
                {
                    var row = rows[own] ??= [];
                    row[other] = row.GetValueOrDefault(other) + Weight[i];
                }
            }
        }

        return FromRows(rows, loops);
    }

    private static LouvainLevel FromRows(SortedDictionary<int, double>?[] rows, double[] loops)
    {
        var start = new int[rows.Length + 1];
        for (var node = 0; node < rows.Length; node++)
        {
            start[node + 1] = start[node] + (rows[node]?.Count ?? 0);
        }

        var (target, weight) = (new int[start[^1]], new double[start[^1]]);
        for (var node = 0; node < rows.Length; node++)
        {
            var position = start[node];
            foreach (var (other, sum) in rows[node] ?? [])
            {
                (target[position], weight[position++]) = (other, sum);
            }
        }

        return new LouvainLevel(start, target, weight, loops);
    }
}
