namespace Stillwatch.Statistics;

/// <summary>
/// The exact confidence interval of a proportion: it covers the truth at least as often as stated, whatever the truth is.
/// </summary>
/// <remarks>
/// Clopper and Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial", Biometrika 1934. The tails of
/// <see cref="BinomialTail"/> are inverted by bisection of the log-odds; each limit is returned from the outer side of its last bracket.
/// Stateless; safe from any thread.
/// </remarks>
public static class ClopperPearson
{
    /// <summary>Log-odds outside which a proportion is not distinguishable from 0 or 1 in double precision.</summary>
    private const double LogOddsRange = 740;

    /// <summary>The two-sided interval: each end is missed with at most half of the remaining probability.</summary>
    /// <param name="successes">0 to <paramref name="trials"/>.</param>
    /// <param name="trials">1 to <see cref="BinomialTail.MaxTrials"/>.</param>
    /// <param name="confidence">Probability of covering the truth, above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static ProportionInterval Interval(long successes, long trials, double confidence)
    {
        Check(successes, trials, confidence);
        var error = (1 - confidence) / 2;
        return new(Lower(successes, trials, error), Upper(successes, trials, error));
    }

    /// <summary>The one-sided upper limit, which lies above the truth with at least the stated confidence.</summary>
    /// <inheritdoc cref="Interval"/>
    public static double UpperLimit(long successes, long trials, double confidence)
    {
        Check(successes, trials, confidence);
        return Upper(successes, trials, 1 - confidence);
    }

    /// <summary>The one-sided lower limit, which lies below the truth with at least the stated confidence.</summary>
    /// <inheritdoc cref="Interval"/>
    public static double LowerLimit(long successes, long trials, double confidence)
    {
        Check(successes, trials, confidence);
        return Lower(successes, trials, 1 - confidence);
    }

    private static double Upper(long k, long n, double error)
    {
        if (k == n)
        {
            return 1;
        }

        var bracket = Bisect(odds => -BinomialTail.LogAtMost(k, n, Logistic(odds), Logistic(-odds)), -Math.Log(error));
        return Logistic(bracket.High);
    }

    private static double Lower(long k, long n, double error)
    {
        if (k == 0)
        {
            return 0;
        }

        var bracket = Bisect(odds => BinomialTail.LogAtLeast(k, n, Logistic(odds), Logistic(-odds)), Math.Log(error));
        return Logistic(bracket.Low);
    }

    /// <summary>The narrowest bracket of the log-odds at which a rising function reaches the target.</summary>
    private static (double Low, double High) Bisect(Func<double, double> rising, double target)
    {
        var (low, high) = (-LogOddsRange, LogOddsRange);
        while (high - low > 1e-15 * Math.Max(1, Math.Abs(low)))
        {
            var middle = (low + high) / 2;
            (low, high) = rising(middle) < target ? (middle, high) : (low, middle);
        }

        return (low, high);
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    private static void Check(long successes, long trials, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        Argument.ThrowIfNotCount(trials, BinomialTail.MaxTrials);
        Argument.ThrowIfNotCount(successes, trials);
        Argument.ThrowIfNotInsideUnitInterval(confidence);
    }
}
