namespace Stillwatch.Statistics;

/// <summary>How evenly counts spread over categories, in bits: 0 if all fall into one, log2 of the categories if all are equal.</summary>
/// <remarks>Shannon 1948. Stateless; safe from any thread.</remarks>
public static class ShannonEntropy
{
    /// <summary>The entropy of the observed shares. Too low on average, by about (categories - 1) / (2 n ln 2) bits.</summary>
    /// <param name="counts">Counts of the categories, each at least 0.</param>
    /// <returns>Bits; 0 if there is no count.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static double PlugIn(ReadOnlySpan<long> counts)
    {
        var (total, weighted) = (0.0, 0.0);
        foreach (var count in counts)
        {
            Argument.ThrowIfNotCount(count, long.MaxValue, nameof(counts));
            total += count;
            weighted += count == 0 ? 0 : count * Math.Log2(count);
        }

        return total == 0 ? 0 : Math.Max(0, Math.Log2(total) - weighted / total);
    }

    /// <summary>The entropy with the first-order bias taken off: plus (observed categories - 1) / (2 n ln 2).</summary>
    /// <remarks>Miller, "Note on the bias of information estimates", 1955, with the categories that were seen.</remarks>
    /// <inheritdoc cref="PlugIn"/>
    public static double MillerMadow(ReadOnlySpan<long> counts)
    {
        var plugIn = PlugIn(counts);
        var total = 0.0;
        foreach (var count in counts)
        {
            total += count;
        }

        var seen = counts.Length - counts.Count(0L);
        return seen == 0 ? 0 : plugIn + (seen - 1) / (2 * LogSpace.Ln2 * total);
    }
}
