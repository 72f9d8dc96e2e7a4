namespace Stillwatch.Statistics;

/// <summary>How unevenly a total is shared: 0 if all have the same, (n - 1)/n if one of n has everything.</summary>
/// <remarks>Gini 1912: the mean absolute difference of two members over twice the mean. Stateless; safe from any thread.</remarks>
public static class GiniCoefficient
{
    /// <summary>The coefficient of a list of shares.</summary>
    /// <param name="values">At least one, each finite and at least 0.</param>
    /// <returns>0 to 1; 0 if everything is 0.</returns>
    /// <exception cref="ArgumentException">There is no value.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is negative or not finite.</exception>
    public static double Of(ReadOnlySpan<double> values)
    {
        Argument.ThrowIfEmpty(values.Length, nameof(values));
        var sorted = values.ToArray();
        Array.Sort(sorted);
        var (total, weighted) = (0.0, 0.0);
        for (var i = 0; i < sorted.Length; i++)
        {
            Argument.ThrowIfNotNonNegative(sorted[i], nameof(values));
            total += sorted[i];
            weighted += (2.0 * i + 1 - sorted.Length) * sorted[i];
        }

        return total == 0 ? 0 : Math.Clamp(weighted / total / sorted.Length, 0, 1);
    }
}
