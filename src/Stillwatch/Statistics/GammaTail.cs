namespace Stillwatch.Statistics;

/// <summary>The upper tail of a sum of independent exponential variables of mean 1.</summary>
/// <remarks>Q(n, x), DLMF 8.2.4. Stateless; safe from any thread.</remarks>
public static class GammaTail
{
    /// <summary>The probability of a sum of at least <paramref name="total"/>.</summary>
    /// <param name="total">At least 0.</param>
    /// <param name="terms">Number of variables, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static PValue AtLeast(double total, long terms)
    {
        Argument.ThrowIfNotNonNegative(total);
        ArgumentOutOfRangeException.ThrowIfLessThan(terms, 1);
        return total == 0 ? PValue.One : PValue.FromNaturalLog(IncompleteGamma.LogUpper(terms, total));
    }
}
