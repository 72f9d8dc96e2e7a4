using Stillwatch.Coordination;

namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>Dense blocks of accounts and values by greedy peeling.</summary>
/// <remarks>
/// B. Hooi, H. A. Song, A. Beutel, N. Shah, K. Shin, C. Faloutsos, "FRAUDAR: bounding graph fraud in the face of camouflage", KDD 2016. An
/// edge to column j weighs 1/ln(d_j + 5); the density of a set is the weight inside it over its rows and columns. The row or column of
/// least weight is taken away until nothing is left, and the densest set on the way is the block: at least half as dense as the densest
/// there is. For several blocks the edges of a block are taken out and the search repeats, with the weights of what is left. Cost O(E log
/// V) a block.
/// </remarks>
internal static class Fraudar
{
    /// <summary>Suspicion by blocks, the first found first; inside a block by the weight an account has in it.</summary>
    public static Suspicion Detect(BipartiteGraph graph, FraudarOptions options, CancellationToken cancellation)
    {
        var groups = new List<(int[] Members, double[] Strengths)>();
        foreach (var block in Blocks(graph, options, cancellation))
        {
            groups.Add((block.Accounts, block.AccountWeights));
        }

        return Suspicion.FromGroups(graph.AccountCount, groups);
    }

    /// <summary>The blocks in the order in which they are found.</summary>
    public static IEnumerable<FraudarBlock> Blocks(BipartiteGraph graph, FraudarOptions options, CancellationToken cancellation)
    {
        var (rest, before) = (graph, double.NaN);
        for (var found = 0; found < options.MaxBlocks && rest.EdgeCount > 0; found++)
        {
            cancellation.ThrowIfCancellationRequested();
            var block = Densest(rest, options);
            if (block.Accounts.Length == 0 || Math.Abs(block.Density - before) < options.MinChange)
            {
                yield break;
            }

            before = block.Density;
            yield return block;
            rest = Without(rest, block);
        }
    }

    /// <summary>The densest set of rows and columns on the way of one peeling.</summary>
    public static FraudarBlock Densest(BipartiteGraph graph, FraudarOptions options)
    {
        var weights = ColumnWeights(graph, options);
        var (order, bestAfter, density) = Peel(graph, weights);
        var isKept = new bool[graph.AccountCount + graph.ValueCount];
        foreach (var node in order.AsSpan(bestAfter))
        {
            isKept[node] = true;
        }

        var kept = order.Skip(bestAfter).Order().ToArray();
        var accounts = kept.Where(node => node < graph.AccountCount).ToArray();
        return new(
            accounts,
            [.. kept.Where(node => node >= graph.AccountCount).Select(node => node - graph.AccountCount)],
            Array.ConvertAll(accounts, account => WeightInside(graph, account, weights, isKept)),
            density);
    }

    /// <summary>The weight of an edge to each column: 1/ln(d + 5).</summary>
    public static double[] ColumnWeights(BipartiteGraph graph, FraudarOptions options)
    {
        var weights = new double[graph.ValueCount];
        for (var value = 0; value < weights.Length; value++)
        {
            weights[value] = 1 / Math.Log(graph.AccountsOf(value).Length + options.DegreeOffset);
        }

        return weights;
    }

    private static (int[] Order, int BestAfter, double Density) Peel(BipartiteGraph graph, double[] weights)
    {
        var queue = new PeelingQueue(Loads(graph, weights, out var total));
        var order = new int[queue.Count];
        var (best, bestAfter) = (queue.Count == 0 ? 0 : total / queue.Count, 0);
        for (var peeled = 0; peeled < order.Length;)
        {
            var (node, load) = queue.Take();
            total -= load;
            Lower(graph, queue, node, weights);
            order[peeled++] = node;
            if (queue.Count > 0 && total / queue.Count > best)
            {
                (best, bestAfter) = (total / queue.Count, peeled);
            }
        }

        return (order, bestAfter, best);
    }

    private static void Lower(BipartiteGraph graph, PeelingQueue queue, int node, double[] weights)
    {
        if (node < graph.AccountCount)
        {
            foreach (var value in graph.ValuesOf(node))
            {
                queue.Lower(graph.AccountCount + value, weights[value]);
            }

            return;
        }

        foreach (var account in graph.AccountsOf(node - graph.AccountCount))
        {
            queue.Lower(account, weights[node - graph.AccountCount]);
        }
    }

    private static double[] Loads(BipartiteGraph graph, double[] weights, out double total)
    {
        var loads = new double[graph.AccountCount + graph.ValueCount];
        total = 0;
        foreach (var (account, value) in graph.Edges())
        {
            loads[account] += weights[value];
            loads[graph.AccountCount + value] += weights[value];
            total += weights[value];
        }

        return loads;
    }

    private static double WeightInside(BipartiteGraph graph, int account, double[] weights, bool[] isKept)
    {
        var sum = 0.0;
        foreach (var value in graph.ValuesOf(account))
        {
            sum += isKept[graph.AccountCount + value] ? weights[value] : 0;
        }

        return sum;
    }

    private static BipartiteGraph Without(BipartiteGraph graph, FraudarBlock block)
    {
        var (accounts, values) = (block.Accounts.ToHashSet(), block.Values.ToHashSet());
        return new(
            graph.AccountCount,
            graph.ValueCount,
            graph.Edges().Where(edge => !accounts.Contains(edge.Account) || !values.Contains(edge.Value)));
    }
}
