namespace Stillwatch.Statistics;

/// <summary>
/// How well two clusterings agree on which pairs belong together: 1 if equal, 0 on average for random ones, at least -1/2.
/// </summary>
/// <remarks>Hubert and Arabie, "Comparing partitions", Journal of Classification 1985. Stateless; safe from any thread.</remarks>
public static class AdjustedRandIndex
{
    /// <summary>The index of two clusterings of the same members.</summary>
    /// <param name="first">The cluster of each member; members of no cluster get clusters of their own.</param>
    /// <param name="second">The same for the other clustering.</param>
    /// <returns>1 also where both clusterings are one single cluster, or both only single members.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or there is no member.</exception>
    public static double Of(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        var counts = new PairCounts(first, second);
        var together = Pairs(counts.Both.Values);
        var (inFirst, inSecond) = (Pairs(counts.First.Values), Pairs(counts.Second.Values));
        var expected = inFirst * inSecond / Math.Max(1, counts.Members * (counts.Members - 1.0) / 2);
        var largest = (inFirst + inSecond) / 2;
        return largest == expected ? 1 : (together - expected) / (largest - expected);
    }

    private static double Pairs(IEnumerable<int> sizes) => sizes.Sum(static size => size * (size - 1.0) / 2);
}
