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

    /// <summary>Both directions of every edge, each once, in rows ascending by account.</summary>
    private static NeighborGraph Symmetric(Neighbor[][] found)
    {
        var start = Starts(found);
        var neighbors = new Neighbor[start[^1]];
        var next = start.ToArray();
        for (var account = 0; account < found.Length; account++)
        {
            foreach (var neighbor in found[account])
            {
                neighbors[next[account]++] = neighbor;
                neighbors[next[neighbor.Account]++] = new Neighbor(account, neighbor.Similarity);
            }
        }

        return Compact(start, neighbors);
    }

    private static int[] Starts(Neighbor[][] found)
    {
        var start = new int[found.Length + 1];
        for (var account = 0; account < found.Length; account++)
        {
            start[account + 1] += found[account].Length;
            foreach (var neighbor in found[account])
            {
                start[neighbor.Account + 1]++;
            }
        }

        for (var i = 1; i < start.Length; i++)
        {
            start[i] += start[i - 1];
        }

        return start;
    }

    private static NeighborGraph Compact(int[] start, Neighbor[] neighbors)
    {
        var kept = 0;
        var compact = new int[start.Length];
        for (var account = 0; account + 1 < start.Length; account++)
        {
            var row = neighbors.AsSpan(start[account]..start[account + 1]);
            row.Sort(static (left, right) => left.Account.CompareTo(right.Account));
            for (var i = 0; i < row.Length; i++)
            {
                if (i == 0 || row[i].Account != row[i - 1].Account)
                {
                    neighbors[kept++] = row[i];
                }
            }

            compact[account + 1] = kept;
        }

        Array.Resize(ref neighbors, kept);
        return new NeighborGraph(compact, neighbors);
    }
}
