namespace Stillwatch.Statistics;

/// <summary>
/// Tails of the Poisson-binomial distribution: the number of successes in independent trials whose success probabilities differ.
/// </summary>
/// <remarks>
/// The law is tilted exponentially so that its mean is the threshold (Esscher 1932, the saddle point of Daniels 1954). Then P(X at least k)
/// = e^(K(t) - tk) E[e^(-t(X - k)); X at least k] under the tilted law, where nothing underflows. Up to <see cref="ExactTrials"/> uncertain
/// trials the tilted law is convolved exactly. Above, the expectation is bounded from above by the largest tilted probability times a
/// geometric series: the modulus of the tilted characteristic function is at most e^(-v(1 - cos s)) at s, with the tilted variance v, so
/// that no probability exceeds e^-v I_0(v), which is at most 0.46883/sqrt(v), and at most 1. The bound is never below the tail, hence
/// conservative; it is at most about a fifth above it once v exceeds 10. Time: quadratic up to the exact limit, linear above. Stateless;
/// safe from any thread.
/// </remarks>
public static class PoissonBinomialTail
{
    /// <summary>Up to so many trials with a probability strictly between 0 and 1 the tail is exact.</summary>
    public const int ExactTrials = 1024;

    /// <summary>The maximum over v of sqrt(v) e^-v I_0(v), rounded up.</summary>
    private const double ModeConstant = 0.46883;

    /// <summary>The probability of at least so many successes: exact for few trials, else an upper bound.</summary>
    /// <param name="successes">The threshold; any number.</param>
    /// <param name="probabilities">Success probability of each trial, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A probability is not in [0, 1].</exception>
    public static PValue AtLeast(long successes, ReadOnlySpan<double> probabilities) =>
        PValue.FromNaturalLog(LogAtLeast(successes, Logits(probabilities, complement: false), ExactTrials));

    /// <summary>The probability of at most so many successes: exact for few trials, else an upper bound.</summary>
    /// <inheritdoc cref="AtLeast"/>
    public static PValue AtMost(long successes, ReadOnlySpan<double> probabilities)
    {
        var failures = Logits(probabilities, complement: true);
        var atLeast = probabilities.Length - Math.Clamp(successes, -1, probabilities.Length);
        return PValue.FromNaturalLog(LogAtLeast(atLeast, failures, ExactTrials));
    }

    /// <summary>An upper bound of the probability of at least so many successes, in linear time whatever the number of trials.</summary>
    /// <inheritdoc cref="AtLeast"/>
    public static PValue UpperBoundAtLeast(long successes, ReadOnlySpan<double> probabilities) =>
        PValue.FromNaturalLog(LogAtLeast(successes, Logits(probabilities, complement: false), exactTrials: 0));

    private static TrialLogits Logits(ReadOnlySpan<double> probabilities, bool complement)
    {
        var (logits, certain) = (new double[probabilities.Length], 0);
        var uncertain = 0;
        foreach (var probability in probabilities)
        {
            Argument.ThrowIfNotProbability(probability, nameof(probabilities));
            if (probability is 0 or 1)
            {
                certain += (probability == 1) != complement ? 1 : 0;
                continue;
            }

            var logit = Math.Log(probability) - LogSpace.Log1P(-probability);
            logits[uncertain++] = complement ? -logit : logit;
        }

        return new(logits.AsMemory(0, uncertain), certain);
    }

    private static double LogAtLeast(long successes, TrialLogits trials, int exactTrials)
    {
        var logits = trials.Uncertain.Span;
        var k = successes - trials.Certain;
        if (k <= 0 || k > logits.Length)
        {
            return k <= 0 ? 0 : double.NegativeInfinity;
        }

        if (k > TiltedMean(logits, 0))
        {
            return LogUpperTail((int)k, logits, exactTrials);
        }

        return logits.Length > exactTrials ? 0 : LogSpace.Complement(LogLowerTail((int)k - 1, logits));
    }

    private static double LogLowerTail(int k, ReadOnlySpan<double> logits)
    {
        var mirrored = new double[logits.Length];
        for (var i = 0; i < mirrored.Length; i++)
        {
            mirrored[i] = -logits[i];
        }

        return LogUpperTail(logits.Length - k, mirrored, logits.Length);
    }

    /// <summary>ln P(X at least k), or its bound, for k above the mean.</summary>
    private static double LogUpperTail(int k, ReadOnlySpan<double> logits, int exactTrials)
    {
        if (k == logits.Length)
        {
            return LogAllSucceed(logits);
        }

        var tilt = Tilt(k, logits);
        var cumulant = 0.0;
        foreach (var logit in logits)
        {
            cumulant += LogSpace.SoftPlus(logit + tilt) - LogSpace.SoftPlus(logit);
        }

        var rest = logits.Length <= exactTrials ? LogTiltedTail(k, logits, tilt) : LogTiltedBound(logits, tilt);
        return Math.Min(0, cumulant - tilt * k + rest);
    }

    private static double LogAllSucceed(ReadOnlySpan<double> logits)
    {
        var sum = 0.0;
        foreach (var logit in logits)
        {
            sum -= LogSpace.SoftPlus(-logit);
        }

        return sum;
    }

    /// <summary>ln E[e^(-t(X - k)); X at least k] under the tilted law, by convolution.</summary>
    private static double LogTiltedTail(int k, ReadOnlySpan<double> logits, double tilt)
    {
        var law = new double[logits.Length + 1];
        law[0] = 1;
        for (var i = 0; i < logits.Length; i++)
        {
            var (p, q) = (Logistic(logits[i] + tilt), Logistic(-logits[i] - tilt));
            for (var j = i + 1; j > 0; j--)
            {
                law[j] = law[j] * q + law[j - 1] * p;
            }

            law[0] *= q;
        }

        var sum = 0.0;
        for (var j = logits.Length; j >= k; j--)
        {
            sum += law[j] * Math.Exp(-tilt * (j - k));
        }

        return Math.Log(sum);
    }

    private static double LogTiltedBound(ReadOnlySpan<double> logits, double tilt)
    {
        var variance = 0.0;
        foreach (var logit in logits)
        {
            variance += Logistic(logit + tilt) * Logistic(-logit - tilt);
        }

        var mode = Math.Min(1, ModeConstant / Math.Sqrt(variance));
        return Math.Min(0, Math.Log(mode) - Math.Log(-LogSpace.ExpM1(-tilt)));
    }

    /// <summary>
    /// The tilt t at least 0 at which the tilted mean is k. Any tilt is valid; this one is sharp, so a few digits suffice.
    /// </summary>
    private static double Tilt(int k, ReadOnlySpan<double> logits)
    {
        var (low, high) = (0.0, 1.0);
        while (TiltedMean(logits, high) < k)
        {
            (low, high) = (high, 2 * high);
        }

        while (high - low > 1e-9 * high)
        {
            var middle = (low + high) / 2;
            (low, high) = TiltedMean(logits, middle) < k ? (middle, high) : (low, middle);
        }

        return high;
    }

    private static double TiltedMean(ReadOnlySpan<double> logits, double tilt)
    {
        var mean = 0.0;
        foreach (var logit in logits)
        {
            mean += Logistic(logit + tilt);
        }

        return mean;
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    /// <param name="Uncertain">Log-odds of the trials that are neither impossible nor certain.</param>
    /// <param name="Certain">Number of trials that always succeed.</param>
    private readonly record struct TrialLogits(ReadOnlyMemory<double> Uncertain, int Certain);
}
