namespace Stillwatch.Statistics;

/// <summary>
/// Combines p-values of one null hypothesis whatever their dependence: their harmonic mean times a factor that grows like the logarithm of
/// their number.
/// </summary>
/// <remarks>
/// Vovk and Wang, "Combining p-values via averaging", Biometrika 2020. Why it holds for K p-values and level u: with X = 1/p, whenever the
/// mean of the X reaches a/u, the sum of min((X - t)+, K (a/u - t)) reaches K (a/u - t); but its expectation is at most K ln(1 + K (a/u -
/// t)/t). By Markov's inequality and the best t, the factor a = min over y above 0 of (K + y) ln(1 + y) / y is enough; it is the constant
/// of the paper, at most e ln K for K of 3 and more, and 2 for K = 2. Wilson's harmonic mean p-value (2019), which has no factor, is not
/// valid under dependence. Stateless; safe from any thread.
/// </remarks>
public static class HarmonicMeanCombination
{
    /// <summary>Bracket of ln y at the minimum, which rises from about 1 for three p-values to about 25 for the largest number.</summary>
    private const double LowestLogY = -5;

    private const double HighestLogY = 40;

    /// <summary>The combined p-value.</summary>
    /// <param name="values">At least one.</param>
    /// <exception cref="ArgumentException">There is no p-value.</exception>
    public static PValue Combine(ReadOnlySpan<PValue> values)
    {
        Argument.ThrowIfEmpty(values.Length, nameof(values));
        var inverses = new double[values.Length];
        for (var i = 0; i < inverses.Length; i++)
        {
            inverses[i] = -values[i].Log10 * LogSpace.Ln10;
        }

        var harmonic = Math.Log(values.Length) - LogSpace.Sum(inverses);
        return PValue.FromNaturalLog(Math.Min(0, harmonic + Math.Log(Factor(values.Length))));
    }

    /// <summary>What the harmonic mean of so many p-values is multiplied by.</summary>
    /// <param name="count">Number of p-values, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    public static double Factor(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (count <= 2)
        {
            return count;
        }

        var (low, high) = (LowestLogY, HighestLogY);
        while (high - low > 1e-12)
        {
            var middle = (low + high) / 2;
            (low, high) = Falls(count, Math.Exp(middle)) ? (middle, high) : (low, middle);
        }

        var y = Math.Exp(high);
        return (count + y) * LogSpace.Log1P(y) / y;
    }

    /// <summary>Whether the factor still falls at y: y^2 is below K ((1 + y) ln(1 + y) - y).</summary>
    private static bool Falls(int count, double y) => y * y < count * ((1 + y) * LogSpace.Log1P(y) - y);
}
