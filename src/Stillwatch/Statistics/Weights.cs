namespace Stillwatch.Statistics;

/// <summary>Weights of a combination: relative, fixed before the values are seen.</summary>
internal static class Weights
{
    internal static double CheckedTotal(ReadOnlySpan<double> weights, int values)
    {
        Argument.ThrowIfEmpty(values, nameof(values));
        Argument.ThrowIfLengthsDiffer(values, weights.Length, nameof(weights));
        var total = 0.0;
        foreach (var weight in weights)
        {
            Argument.ThrowIfNotNonNegative(weight, nameof(weights));
            total += weight;
        }

        return total > 0 ? total : throw new ArgumentException("The weights sum to 0; at least one must be above 0.", nameof(weights));
    }
}
