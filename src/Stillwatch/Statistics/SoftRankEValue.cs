namespace Stillwatch.Statistics;

/// <summary>
/// The e-value of a statistic among statistics of randomized copies of the data: its share of the exponentially weighted total. Unlike a
/// permutation p-value it can be combined under any dependence.
/// </summary>
/// <remarks>
/// The soft rank of Ramdas and Wang, "Hypothesis Testing with E-values", 2025: with the smallest statistic m of all B + 1, each becomes
/// r(s) = e^(h (s - m)) - 1, and the e-value is (B + 1) r(observed) / sum of r. It is at most B + 1, and its expectation is exactly 1 if
/// all B + 1 statistics are exchangeable. The sharpness h must be chosen without looking at the data. Computed in logarithms. Stateless;
/// safe from any thread.
/// </remarks>
public static class SoftRankEValue
{
    /// <summary>The e-value of the observed statistic; 1 if all statistics are equal or there is no randomized one.</summary>
    /// <param name="observed">The statistic of the data, finite.</param>
    /// <param name="randomized">The statistics of the randomized copies, finite.</param>
    /// <param name="sharpness">h, above 0, in units of one over the statistic: the larger, the more only the top rank pays.</param>
    /// <exception cref="ArgumentOutOfRangeException">A statistic is not finite, or the sharpness is not positive.</exception>
    public static EValue Of(double observed, ReadOnlySpan<double> randomized, double sharpness)
    {
        Argument.ThrowIfNotFinite(observed);
        Argument.ThrowIfNotFinite(randomized);
        Argument.ThrowIfNotPositive(sharpness);
        double[] terms = [.. randomized, observed];
        var (lowest, highest) = (terms.Min(), terms.Max());
        for (var i = 0; i < terms.Length; i++)
        {
            terms[i] = sharpness * (terms[i] - highest) + LogSpace.Complement(sharpness * (lowest - terms[i]));
        }

        var total = LogSpace.Sum(terms);
        return double.IsNegativeInfinity(total) ? EValue.One : EValue.FromNaturalLog(Math.Log(terms.Length) + terms[^1] - total);
    }
}
