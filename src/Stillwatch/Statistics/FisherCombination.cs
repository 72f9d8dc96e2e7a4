namespace Stillwatch.Statistics;

/// <summary>Combines independent p-values of one null hypothesis by their product.</summary>
/// <remarks>
/// Fisher, "Statistical Methods for Research Workers", 1932 edition: minus twice the sum of ln p is chi-square distributed with two degrees
/// of freedom for each p-value. Its tail is that of a Poisson count, so no accuracy is lost far out. Not valid for dependent p-values.
/// Stateless; safe from any thread.
/// </remarks>
public static class FisherCombination
{
    /// <summary>The combined p-value.</summary>
    /// <param name="values">At least one, independent under the null hypothesis.</param>
    /// <exception cref="ArgumentException">There is no p-value.</exception>
    public static PValue Combine(ReadOnlySpan<PValue> values)
    {
        Argument.ThrowIfEmpty(values.Length, nameof(values));
        var sum = 0.0;
        foreach (var value in values)
        {
            sum -= value.Log10 * LogSpace.Ln10;
        }

        return PValue.FromNaturalLog(IncompleteGamma.LogUpper(values.Length, sum));
    }
}
