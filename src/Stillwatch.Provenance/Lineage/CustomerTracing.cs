using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Lineage;

/// <summary>
/// Which of many customers' keys a suspect carries, with a bound on the probability of naming even one wrongly. Stateless.
/// </summary>
/// <remarks>
/// Each key is tested with the same weights, and Holm's correction controls the family: k keys cost log10 k decades. P-values fall as sums
/// rise, so only those of the largest sums are computed; the others count as 1, which is on the safe side.
/// </remarks>
public static class CustomerTracing
{
    private const int Computed = 32;

    /// <summary>The p-value of each key, adjusted for all of them, in the order given.</summary>
    /// <param name="pairs">The suspect's weights.</param>
    /// <param name="keys">The customers' schemes, of one width and one green probability.</param>
    /// <exception cref="ArgumentException">A scheme's width is another, or its bits are not independent.</exception>
    public static IReadOnlyList<PValue> Adjusted(WeightedPairs pairs, IReadOnlyList<IGreenList> keys)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(keys);
        var sums = keys.Select(pairs.Sum).ToArray();
        var values = new PValue[keys.Count];
        foreach (var customer in Enumerable.Range(0, keys.Count).OrderByDescending(customer => sums[customer]).Take(Computed))
        {
            values[customer] = pairs.TestOf(sums[customer], keys[customer].GreenProbability).Test;
        }

        return Holm.Adjust(values);
    }
}
