namespace Stillwatch.Statistics;

/// <summary>Combines p-values of one null hypothesis whose dependence is unknown but moderate; a few very small ones decide.</summary>
/// <remarks>
/// Liu and Xie, "Cauchy combination test", Journal of the American Statistical Association 2020: the weighted mean of cot(pi p) is Cauchy
/// distributed if the p-values are independent and uniform, and nearly so in its far tail under dependence of the Gaussian kind. Exact for
/// independent p-values, approximate at small levels for dependent ones; where a guarantee is needed, use
/// <see cref="HarmonicMeanCombination"/>. A p-value of exactly 1 makes the combination 1. Stateless; safe from any thread.
/// </remarks>
public static class CauchyCombination
{
    /// <summary>Below this p-value, cot(pi p) is 1/(pi p) to double precision.</summary>
    private const double PolarLog10 = -9;

    /// <summary>The combined p-value with equal weights.</summary>
    /// <param name="values">At least one.</param>
    /// <exception cref="ArgumentException">There is no p-value.</exception>
    public static PValue Combine(ReadOnlySpan<PValue> values)
    {
        var weights = new double[values.Length];
        Array.Fill(weights, 1);
        return Combine(values, weights);
    }

    /// <summary>The combined p-value with weights that were chosen before the p-values were seen.</summary>
    /// <param name="values">At least one.</param>
    /// <param name="weights">As many, each at least 0, not all 0; they are scaled to sum to one.</param>
    /// <exception cref="ArgumentException">There is no p-value, the lengths differ, or the weights sum to 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite.</exception>
    public static PValue Combine(ReadOnlySpan<PValue> values, ReadOnlySpan<double> weights)
    {
        var total = Weights.CheckedTotal(weights, values.Length);
        var scale = SmallestLog10(values, weights);
        if (double.IsNegativeInfinity(scale))
        {
            return PValue.FromLog10(scale);
        }

        var scaled = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            scaled += weights[i] == 0 ? 0 : weights[i] / total * ScaledCotangent(values[i].Log10, scale);
        }

        return FromScaledCotangent(scaled, scale);
    }

    private static double SmallestLog10(ReadOnlySpan<PValue> values, ReadOnlySpan<double> weights)
    {
        var smallest = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            smallest = weights[i] > 0 ? Math.Min(smallest, values[i].Log10) : smallest;
        }

        return smallest;
    }

    /// <summary>cot(pi p) times ten to the scale: with the smallest p-value as the scale, no term overflows.</summary>
    private static double ScaledCotangent(double log10, double scale)
    {
        if (log10 < PolarLog10)
        {
            return Math.Pow(10, scale - log10) / Math.PI;
        }

        var p = Math.Pow(10, log10);
        return p == 1 ? double.NegativeInfinity : Math.Pow(10, scale) / Math.Tan(Math.PI * p);
    }

    private static PValue FromScaledCotangent(double scaled, double scale)
    {
        if (scale < PolarLog10 && scaled > 0 && Math.Log10(scaled) - scale > -PolarLog10)
        {
            return PValue.FromLog10(Math.Min(0, scale - Math.Log10(Math.PI * scaled)));
        }

        var cotangent = scaled / Math.Pow(10, scale);
        return PValue.FromProbability(Math.Atan2(1, cotangent) / Math.PI);
    }
}
