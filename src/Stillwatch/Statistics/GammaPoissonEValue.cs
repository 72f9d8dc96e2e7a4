using MathNet.Numerics;

namespace Stillwatch.Statistics;

/// <summary>
/// The e-value of a count against its expectation: the likelihood ratio of a gamma mixture of rate ratios to the rate ratio 1.
/// </summary>
/// <remarks>
/// The method of mixtures (Robbins 1970) for a Poisson count, where the ratio of the true to the expected rate has a gamma prior; for one
/// side the prior is truncated at ratio 1. Followed over growing time (count and expectation both grow) it is a test martingale, so one may
/// stop and look at any time; for one side it holds for every rate on the side of the null hypothesis. Valid for Poisson counts only:
/// bursts break it, then use a conformal or permutation test. Immutable; safe from any thread.
/// </remarks>
public sealed class GammaPoissonEValue
{
    private readonly Alternative _alternative;
    private readonly double _shape;
    private readonly double _rate;

    /// <param name="alternative">On which side alternatives lie: <see cref="Alternative.Greater"/> for more events than expected.</param>
    /// <param name="shape">Shape of the prior of the rate ratio, at least 0.01; default 1/2.</param>
    /// <param name="rate">Rate (inverse scale) of the prior, at least 0.01; default 1/2. The prior's mean is shape/rate.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public GammaPoissonEValue(Alternative alternative, double shape = 0.5, double rate = 0.5)
    {
        Argument.ThrowIfUndefined(alternative);
        Argument.ThrowIfNotPriorParameter(shape);
        Argument.ThrowIfNotPriorParameter(rate);
        (_alternative, _shape, _rate) = (alternative, shape, rate);
    }

    /// <summary>The e-value of a count.</summary>
    /// <param name="count">Events seen, 0 to 2^40.</param>
    /// <param name="expected">Events expected under the null hypothesis, 0 to 2^40.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public EValue Of(long count, double expected)
    {
        Argument.ThrowIfNotCount(count, Argument.MaxCount);
        Argument.ThrowIfNotNonNegative(expected);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(expected, PoissonTail.MaxMean);
        if (expected == 0)
        {
            var impossible = _alternative == Alternative.Less ? EValue.Zero : EValue.FromValue(double.PositiveInfinity);
            return count == 0 ? EValue.One : impossible;
        }

        return EValue.FromNaturalLog(LogRatio(_shape + count, _rate + expected));
    }

    /// <summary>
    /// ln of the likelihood ratio, for the parameters of the posterior. The Poisson density stands in for the gamma function, so that no
    /// two large logarithms cancel.
    /// </summary>
    private double LogRatio(double shape, double rate)
    {
        var posterior = -Math.Log(shape) - SaddlePointDensity.LogPoisson(shape, rate);
        var prior = _shape * Math.Log(_rate) - _rate - SpecialFunctions.GammaLn(_shape);
        return posterior + LogMass(shape, rate) + prior - LogMass(_shape, _rate);
    }

    /// <summary>ln of the mass that a gamma distribution has on the side of the alternatives.</summary>
    private double LogMass(double shape, double rate) => _alternative switch
    {
        Alternative.Greater => IncompleteGamma.LogUpper(shape, rate),
        Alternative.Less => IncompleteGamma.LogLower(shape, rate),
        _ => 0,
    };
}
