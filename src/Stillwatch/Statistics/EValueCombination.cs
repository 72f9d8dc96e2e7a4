namespace Stillwatch.Statistics;

/// <summary>Combines e-values that test one null hypothesis into one e-value.</summary>
/// <remarks>
/// Vovk and Wang, "E-values: calibration, combination and applications", Annals of Statistics 2021, sections 3 and 4. Stateless; safe from
/// any thread.
/// </remarks>
public static class EValueCombination
{
    /// <summary>
    /// The product: an e-value if the e-values are independent, or if each has conditional expectation at most 1 given those before it. The
    /// product of dependent e-values is not an e-value. 1 for none; 0 if one of them is 0.
    /// </summary>
    public static EValue Product(ReadOnlySpan<EValue> values)
    {
        var log10 = 0.0;
        foreach (var value in values)
        {
            if (double.IsNegativeInfinity(value.Log10))
            {
                return EValue.Zero;
            }

            log10 += value.Log10;
        }

        return EValue.FromLog10(log10);
    }

    /// <summary>The arithmetic mean: an e-value whatever the dependence, and essentially the best such combination.</summary>
    /// <exception cref="ArgumentException">There is no e-value.</exception>
    public static EValue Mean(ReadOnlySpan<EValue> values)
    {
        Argument.ThrowIfEmpty(values.Length, nameof(values));
        var terms = new double[values.Length];
        for (var i = 0; i < terms.Length; i++)
        {
            terms[i] = values[i].Ln - Math.Log(terms.Length);
        }

        return EValue.FromNaturalLog(LogSpace.Sum(terms));
    }

    /// <summary>
    /// The weighted arithmetic mean: an e-value whatever the dependence, if the weights are chosen before the e-values are seen.
    /// </summary>
    /// <param name="values">At least one.</param>
    /// <param name="weights">As many, each at least 0, not all 0; they are scaled to sum to one.</param>
    /// <exception cref="ArgumentException">There is no e-value, the lengths differ, or the weights sum to 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite.</exception>
    public static EValue WeightedMean(ReadOnlySpan<EValue> values, ReadOnlySpan<double> weights)
    {
        var total = Weights.CheckedTotal(weights, values.Length);
        var terms = new double[values.Length];
        for (var i = 0; i < terms.Length; i++)
        {
            terms[i] = weights[i] == 0 ? double.NegativeInfinity : values[i].Ln + Math.Log(weights[i] / total);
        }

        return EValue.FromNaturalLog(LogSpace.Sum(terms));
    }
}
