using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Nulls;

/// <summary>A lower confidence limit of the mean of bounded values that holds in finite samples, whatever their distribution.</summary>
/// <remarks>
/// Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting", JRSS B 2024: the limit is the largest mean that
/// <see cref="MixtureBetting"/> rejects. A mean of e-values is held by few large ones, which a normal or a bootstrap interval
/// underestimates; this limit does not, so a limit above 1 proves that they are no e-values.
/// </remarks>
internal static class BettingLimit
{
    private const int Steps = 40;

    /// <summary>The limit; 0 for no values.</summary>
    /// <param name="values">Independent, in the order in which they came; each from 0 to <paramref name="bound"/>.</param>
    /// <param name="bound">The largest value that there can be.</param>
    /// <param name="confidence">Probability that the mean is above the limit.</param>
    public static double Lower(IReadOnlyList<double> values, double bound, double confidence)
    {
        var (low, high) = (0.0, 1.0);
        for (var step = 0; step < Steps; step++)
        {
            var mean = (low + high) / 2;
            var test = new MixtureBetting(mean, Alternative.Greater);
            foreach (var value in values)
            {
                test.Observe(value / bound);
            }

            (low, high) = test.AnytimePValue.Rejects(1 - confidence) ? (mean, high) : (low, mean);
        }

        return bound * low;
    }
}
