namespace Stillwatch.Statistics;

/// <summary>Exact tails of the Poisson distribution: the number of rare independent events.</summary>
/// <remarks>
/// P(X at least k) = P(k, mean), the regularized incomplete gamma function, DLMF 8.4.10. Computed in logarithms, so that the relative error
/// stays below 1e-11 down to tails far below the smallest double. Stateless; safe from any thread.
/// </remarks>
public static class PoissonTail
{
    /// <summary>The largest mean that is accepted: 2^40.</summary>
    public const double MaxMean = Argument.MaxCount;

    /// <summary>The probability of at least so many events.</summary>
    /// <param name="count">The threshold; any number up to <see cref="MaxMean"/>.</param>
    /// <param name="mean">Expected number of events under the null hypothesis, 0 to <see cref="MaxMean"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The mean or the count is out of range.</exception>
    public static PValue AtLeast(long count, double mean)
    {
        Check(count, mean);
        return count <= 0 ? PValue.One : PValue.FromNaturalLog(IncompleteGamma.LogLower(count, mean));
    }

    /// <summary>The probability of at most so many events.</summary>
    /// <inheritdoc cref="AtLeast"/>
    public static PValue AtMost(long count, double mean)
    {
        Check(count, mean);
        return PValue.FromNaturalLog(count < 0 ? double.NegativeInfinity : IncompleteGamma.LogUpper(count + 1, mean));
    }

    private static void Check(long count, double mean)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Argument.MaxCount);
        if (!(mean is >= 0 and <= MaxMean))
        {
            throw new ArgumentOutOfRangeException(nameof(mean), mean, $"A mean from 0 to {MaxMean} is accepted.");
        }
    }
}
