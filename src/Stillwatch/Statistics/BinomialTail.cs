namespace Stillwatch.Statistics;

/// <summary>Exact tails of the binomial distribution: the number of successes in independent trials of equal success probability.</summary>
/// <remarks>
/// P(X at least k) = I_p(k, n - k + 1), DLMF 8.17.5. Computed in logarithms, so that the relative error stays below 1e-11 down to tails far
/// below the smallest double. Stateless; safe from any thread.
/// </remarks>
public static class BinomialTail
{
    /// <summary>The largest number of trials that is accepted: 2^40.</summary>
    public const long MaxTrials = Argument.MaxCount;

    /// <summary>The probability of at least so many successes: evidence that success is more probable than stated.</summary>
    /// <param name="successes">The threshold; any number.</param>
    /// <param name="trials">0 to <see cref="MaxTrials"/>.</param>
    /// <param name="probability">Success probability of one trial under the null hypothesis, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The trials or the probability are out of range.</exception>
    public static PValue AtLeast(long successes, long trials, double probability)
    {
        Check(trials, probability);
        return PValue.FromNaturalLog(LogAtLeast(successes, trials, probability, 1 - probability));
    }

    /// <summary>The probability of at most so many successes: evidence that success is less probable than stated.</summary>
    /// <inheritdoc cref="AtLeast"/>
    public static PValue AtMost(long successes, long trials, double probability)
    {
        Check(trials, probability);
        return PValue.FromNaturalLog(LogAtMost(successes, trials, probability, 1 - probability));
    }

    /// <summary>ln P(X at least k), with the success probability p and its complement q passed separately.</summary>
    internal static double LogAtLeast(long k, long n, double p, double q)
    {
        if (k <= 0 || k > n)
        {
            return k <= 0 ? 0 : double.NegativeInfinity;
        }

        return IncompleteBeta.Log(k, n - k + 1, p, q);
    }

    /// <summary>ln P(X at most k), with the success probability p and its complement q passed separately.</summary>
    internal static double LogAtMost(long k, long n, double p, double q)
    {
        if (k < 0 || k >= n)
        {
            return k < 0 ? double.NegativeInfinity : 0;
        }

        return IncompleteBeta.Log(n - k, k + 1, q, p);
    }

    private static void Check(long trials, double probability)
    {
        Argument.ThrowIfNotCount(trials, MaxTrials);
        Argument.ThrowIfNotProbability(probability);
    }
}
