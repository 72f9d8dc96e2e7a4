namespace Stillwatch.Coordination;

/// <summary>For each account the most similar accounts of other parties: a sparse, symmetric, weighted graph.</summary>
/// <remarks>
/// Candidates come from the values that weigh most for an account; of a value with many users a fixed number is drawn by hash,
/// which finds a dense group however large (every user of its values is a fair neighbour) at a cost linear in the accounts.
/// Immutable and deterministic: draws depend on identities, not on order.
/// </remarks>
public sealed class NeighborGraph
{
    private readonly int[] _start;
    private readonly Neighbor[] _neighbors;

    internal NeighborGraph(int[] start, Neighbor[] neighbors) => (_start, _neighbors) = (start, neighbors);

    /// <summary>Accounts, with neighbours or without.</summary>
    public int AccountCount => _start.Length - 1;

    /// <summary>The account's neighbours, ascending by account.</summary>
    public ReadOnlySpan<Neighbor> Of(int account) => _neighbors.AsSpan(_start[account].._start[account + 1]);

    /// <summary>Finds the neighbours.</summary>
    public static NeighborGraph Build(SharingGraph graph, NeighborOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(options);
        var found = new Neighbor[graph.AccountCount][];
        Parallel.For(
            0,
            graph.AccountCount,
            new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => new NeighborSearch(graph, options),
            (account, _, search) =>
            {
                found[account] = search.Find(account);
                return search;
            },
            static _ => { });
        return Symmetric(found);
    }

    private static NeighborGraph Symmetric(Neighbor[][] found)
    {
        var edges = new Dictionary<ulong, float>();
        for (var account = 0; account < found.Length; account++)
        {
            foreach (var neighbor in found[account])
            {
                var (low, high) = (Math.Min(account, neighbor.Account), Math.Max(account, neighbor.Account));
                edges[((ulong)(uint)low << 32) | (uint)high] = neighbor.Similarity;
            }
        }

        var start = new int[found.Length + 1];
        foreach (var edge in edges.Keys)
        {
            start[(int)(edge >> 32) + 1]++;
            start[(int)(uint)edge + 1]++;
        }

        for (var i = 1; i < start.Length; i++)
        {
            start[i] += start[i - 1];
        }

        return new NeighborGraph(start, Fill(edges, start));
    }

    private static Neighbor[] Fill(Dictionary<ulong, float> edges, int[] start)
    {
        var neighbors = new Neighbor[start[^1]];
        var next = start.ToArray();
        foreach (var (edge, similarity) in edges)
        {
            var (low, high) = ((int)(edge >> 32), (int)(uint)edge);
            neighbors[next[low]++] = new Neighbor(high, similarity);
            neighbors[next[high]++] = new Neighbor(low, similarity);
        }

        for (var account = 0; account + 1 < start.Length; account++)
        {
            neighbors.AsSpan(start[account]..start[account + 1]).Sort(static (left, right) => left.Account.CompareTo(right.Account));
        }

        return neighbors;
    }
}
