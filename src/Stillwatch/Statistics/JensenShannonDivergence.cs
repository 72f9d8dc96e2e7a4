namespace Stillwatch.Statistics;

/// <summary>How far apart two distributions over the same categories are, in bits: 0 if equal, 1 if they share no category.</summary>
/// <remarks>
/// Lin, "Divergence measures based on the Shannon entropy", IEEE Transactions on Information Theory 1991; its square root is a metric
/// (Endres and Schindelin 2003). Stateless; safe from any thread.
/// </remarks>
public static class JensenShannonDivergence
{
    /// <summary>The divergence of two lists of weights, each scaled to sum to one.</summary>
    /// <param name="first">Weights of the categories, each at least 0, not all 0.</param>
    /// <param name="second">As many, in the same order.</param>
    /// <returns>Bits, 0 to 1.</returns>
    /// <exception cref="ArgumentException">The lengths differ, a list is empty, or a list sums to 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite.</exception>
    public static double Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var firstTotal = Weights.CheckedTotal(first, first.Length);
        var secondTotal = Weights.CheckedTotal(second, first.Length);
        var divergence = 0.0;
        for (var i = 0; i < first.Length; i++)
        {
            var (p, q) = (first[i] / firstTotal, second[i] / secondTotal);
            divergence += Part(p, p / 2 + q / 2) + Part(q, p / 2 + q / 2);
        }

        return Math.Clamp(divergence / 2, 0, 1);
    }

    private static double Part(double share, double mean) => share == 0 ? 0 : share * Math.Log2(share / mean);
}
