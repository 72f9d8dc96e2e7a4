using MathNet.Numerics;

namespace Stillwatch.Statistics;

/// <summary>
/// The e-value of a number of successes against a stated success probability: the likelihood ratio of a beta mixture of alternatives to the
/// stated probability.
/// </summary>
/// <remarks>
/// Robbins, "Statistical methods related to the law of the iterated logarithm", Annals of Mathematical Statistics 1970 (method of
/// mixtures); Ville 1939 for the beta mixture. For one side the beta prior is truncated to the alternatives on that side of the null
/// probability, whose likelihood ratios also have expectation at most 1 under every probability on the other side. Followed over a growing
/// number of trials it is a test martingale, so one may stop and look at any time; the trials may depend on the past, if each has
/// conditional success probability within the null hypothesis. Immutable; safe from any thread.
/// </remarks>
public sealed class BetaBinomialEValue
{
    private readonly double _p;
    private readonly Alternative _alternative;
    private readonly double _alpha;
    private readonly double _beta;

    /// <param name="nullProbability">Success probability under the null hypothesis, above 0 and below 1.</param>
    /// <param name="alternative">On which side alternatives lie.</param>
    /// <param name="alpha">First parameter of the beta prior over alternatives, at least 0.01; default 1/2.</param>
    /// <param name="beta">Second parameter, at least 0.01; default 1/2. The prior's mean is alpha/(alpha + beta).</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public BetaBinomialEValue(double nullProbability, Alternative alternative, double alpha = 0.5, double beta = 0.5)
    {
        Argument.ThrowIfNotInsideUnitInterval(nullProbability);
        Argument.ThrowIfUndefined(alternative);
        Argument.ThrowIfNotPriorParameter(alpha);
        Argument.ThrowIfNotPriorParameter(beta);
        (_p, _alternative, _alpha, _beta) = (nullProbability, alternative, alpha, beta);
    }

    /// <summary>The e-value after so many successes in so many trials.</summary>
    /// <param name="successes">0 to <paramref name="trials"/>.</param>
    /// <param name="trials">0 to <see cref="BinomialTail.MaxTrials"/>; 0 gives 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is out of range.</exception>
    public EValue Of(long successes, long trials)
    {
        Argument.ThrowIfNotCount(trials, BinomialTail.MaxTrials);
        Argument.ThrowIfNotCount(successes, trials);
        if (trials == 0)
        {
            return EValue.One;
        }

        return EValue.FromNaturalLog(LogRatio(_alpha + successes, _beta + trials - successes));
    }

    /// <summary>
    /// ln of the likelihood ratio, for the parameters of the posterior. The null probability enters through the density at itself, so that
    /// no two large logarithms cancel.
    /// </summary>
    private double LogRatio(double alpha, double beta)
    {
        var posterior = Math.Log((alpha + beta) / alpha / beta) - SaddlePointDensity.LogBinomial(alpha, beta, _p, 1 - _p);
        var prior = _alpha * Math.Log(_p) + _beta * LogSpace.Log1P(-_p) - SpecialFunctions.BetaLn(_alpha, _beta);
        return posterior + LogMass(alpha, beta) + prior - LogMass(_alpha, _beta);
    }

    /// <summary>ln of the mass that a beta distribution has on the side of the alternatives.</summary>
    private double LogMass(double alpha, double beta) => _alternative switch
    {
        Alternative.Greater => IncompleteBeta.Log(beta, alpha, 1 - _p, _p),
        Alternative.Less => IncompleteBeta.Log(alpha, beta, _p, 1 - _p),
        _ => 0,
    };
}
