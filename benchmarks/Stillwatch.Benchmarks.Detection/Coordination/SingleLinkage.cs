namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>
/// Single-linkage clusters of a graph of similarities at every threshold, by merging along falling similarity (Kruskal 1956).
/// </summary>
/// <remarks>Cost O(E log E).</remarks>
internal sealed class SingleLinkage
{
    private readonly int _count;
    private readonly (int First, int Second, double Similarity)[] _links;

    /// <param name="count">How many nodes there are.</param>
    /// <param name="links">Pairs and their similarity.</param>
    public SingleLinkage(int count, IEnumerable<(int First, int Second, double Similarity)> links) =>
        (_count, _links) = (count, [.. links.OrderByDescending(static link => link.Similarity)]);

    /// <summary>For each node the largest threshold at which it is in a cluster of a size; 0 if there is none.</summary>
    public double[] Levels(int size)
    {
        var levels = new double[_count];
        var members = Enumerable.Range(0, _count).Select(static node => new List<int> { node }).ToArray();
        foreach (var (first, second, similarity) in _links)
        {
            var (large, small) = (members[first], members[second]);
            if (ReferenceEquals(large, small))
            {
                continue;
            }

            (large, small) = large.Count >= small.Count ? (large, small) : (small, large);
            if (large.Count + small.Count >= size)
            {
                Reach(large.Count >= size ? [] : large, levels, similarity);
                Reach(small.Count >= size ? [] : small, levels, similarity);
            }

            large.AddRange(small);
            small.ForEach(node => members[node] = large);
        }

        return levels;
    }

    /// <summary>The clusters of at least a size when all links above a threshold hold, the largest first.</summary>
    public IReadOnlyList<int[]> Clusters(double threshold, int size)
    {
        var parent = Enumerable.Range(0, _count).ToArray();
        foreach (var (first, second, _) in _links.TakeWhile(link => link.Similarity > threshold))
        {
            parent[Root(parent, first)] = Root(parent, second);
        }

        return
        [
            .. Enumerable.Range(0, _count).GroupBy(node => Root(parent, node)).Select(static cluster => cluster.ToArray())
                .Where(cluster => cluster.Length >= size)
                .OrderByDescending(static cluster => cluster.Length).ThenBy(static cluster => cluster[0]),
        ];
    }

    private static void Reach(List<int> nodes, double[] levels, double similarity) => nodes.ForEach(node => levels[node] = similarity);

    private static int Root(int[] parent, int node)
    {
        while (parent[node] != node)
        {
            parent[node] = parent[parent[node]];
            node = parent[node];
        }

        return node;
    }
}
