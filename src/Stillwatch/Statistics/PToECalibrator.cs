namespace Stillwatch.Statistics;

/// <summary>Turns a p-value into an e-value: falling functions of the p-value whose integral over [0, 1] is 1.</summary>
/// <remarks>
/// Vovk and Wang, "E-values: calibration, combination and applications", Annals of Statistics 2021, section 2. A calibrated e-value is
/// valid for every valid p-value; what it loses against the p-value is the price of combining under any dependence. The choice must not
/// depend on the p-value. Stateless; safe from any thread.
/// </remarks>
public static class PToECalibrator
{
    /// <summary>Below this the closed form of the mixture cancels and a series is summed instead.</summary>
    private const double SeriesBelow = 1;

    /// <summary>kappa p^(kappa - 1): a small exponent pays most for very small p-values.</summary>
    /// <param name="p">The p-value.</param>
    /// <param name="kappa">Above 0 and below 1; the best choice for p-values near p is -1/ln p.</param>
    /// <exception cref="ArgumentOutOfRangeException">The exponent is out of range.</exception>
    public static EValue Power(PValue p, double kappa)
    {
        Argument.ThrowIfNotInsideUnitInterval(kappa);
        return EValue.FromLog10(Math.Log10(kappa) + (kappa - 1) * p.Log10);
    }

    /// <summary>
    /// (1 - p + p ln p) / (p (ln p)^2): the average of <see cref="Power"/> over all exponents; no choice to make. 1/2 at p = 1.
    /// </summary>
    public static EValue Mixture(PValue p)
    {
        var y = -p.Log10 * LogSpace.Ln10;
        return double.IsPositiveInfinity(y) ? EValue.FromNaturalLog(y) : EValue.FromNaturalLog(LogMixture(y));
    }

    /// <summary>1/sqrt(p) - 1; 0 at p = 1, so that one p-value of 1 in a product of them loses everything.</summary>
    /// <remarks>Shafer, "Testing by betting", Journal of the Royal Statistical Society A 2021, section 2.</remarks>
    public static EValue Shafer(PValue p)
    {
        var y = -p.Log10 * LogSpace.Ln10 / 2;
        return double.IsPositiveInfinity(y) ? EValue.FromNaturalLog(y) : EValue.FromNaturalLog(y + LogSpace.Complement(-y));
    }

    /// <summary>ln of (e^y - 1 - y) / y^2, which is the mixture for p = e^-y.</summary>
    private static double LogMixture(double y)
    {
        if (y >= SeriesBelow)
        {
            return y + LogSpace.Log1P(-(1 + y) * Math.Exp(-y)) - 2 * Math.Log(y);
        }

        var (term, sum) = (0.5, 0.5);
        for (var n = 3; term > 1e-17 * sum; n++)
        {
            term *= y / n;
            sum += term;
        }

        return Math.Log(sum);
    }
}
