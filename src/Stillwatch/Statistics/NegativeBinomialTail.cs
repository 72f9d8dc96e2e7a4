namespace Stillwatch.Statistics;

/// <summary>Exact tails of the negative binomial distribution: counts that vary more than a Poisson count of the same mean.</summary>
/// <remarks>
/// The count is a Poisson count whose rate is gamma distributed with the size as shape; variance = mean + mean^2/size. For an integer size
/// it is the number of failures before that many successes. P(X at most k) = I_p(size, k + 1), DLMF 8.17.24 and its continuation to real
/// sizes. Stateless; safe from any thread.
/// </remarks>
public static class NegativeBinomialTail
{
    /// <summary>The probability of at least so many failures before the last of <paramref name="size"/> successes.</summary>
    /// <param name="failures">The threshold; any number up to 2^40.</param>
    /// <param name="size">Number of successes, or shape of the gamma distribution: above 0, at most 2^40.</param>
    /// <param name="probability">Success probability of one trial, above 0, at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static PValue AtLeast(long failures, double size, double probability)
    {
        Check(failures, size, probability);
        return PValue.FromNaturalLog(LogAtLeast(failures, size, probability, 1 - probability));
    }

    /// <summary>The probability of at most so many failures before the last of <paramref name="size"/> successes.</summary>
    /// <inheritdoc cref="AtLeast"/>
    public static PValue AtMost(long failures, double size, double probability)
    {
        Check(failures, size, probability);
        var ln = failures < 0 ? double.NegativeInfinity : IncompleteBeta.Log(size, failures + 1, probability, 1 - probability);
        return PValue.FromNaturalLog(ln);
    }

    /// <summary>The probability of a count of at least this, for a given mean and overdispersion.</summary>
    /// <param name="count">The threshold; any number up to 2^40.</param>
    /// <param name="mean">Expected count under the null hypothesis, at least 0.</param>
    /// <param name="size">
    /// Shape of the rate's gamma distribution, above 0: the squared mean over the variance in excess of the mean.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static PValue AtLeastOfMean(long count, double mean, double size)
    {
        Argument.ThrowIfNotNonNegative(mean);
        Check(count, size, 1);
        return PValue.FromNaturalLog(LogAtLeast(count, size, size / (size + mean), mean / (size + mean)));
    }

    private static double LogAtLeast(long k, double size, double p, double q) => k <= 0 ? 0 : IncompleteBeta.Log(k, size, q, p);

    private static void Check(long failures, double size, double probability)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(failures, Argument.MaxCount);
        Argument.ThrowIfNotPositive(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Argument.MaxCount);
        Argument.ThrowIfNotProbability(probability);
        Argument.ThrowIfNotPositive(probability);
    }
}
