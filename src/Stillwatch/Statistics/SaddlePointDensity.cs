using System.Diagnostics;

namespace Stillwatch.Statistics;

/// <summary>
/// Logarithms of binomial and Poisson probabilities, continued to real arguments, without cancellation between gamma functions.
/// </summary>
/// <remarks>
/// Loader, "Fast and accurate computation of binomial probabilities", 2000. The probability is split into the error of Stirling's formula
/// (eq. 4) and the deviance (eq. 5), both of which stay small where the logarithms of the gamma functions are huge and cancel.
/// Stateless; safe from any thread.
/// </remarks>
internal static class SaddlePointDensity
{
    /// <summary>From here on five terms of Stirling's series give double precision.</summary>
    private const double SeriesFrom = 16;

    /// <summary>Relative distance below which the deviance is summed as a series, because its closed form cancels.</summary>
    private const double SeriesWithin = 0.1;

    /// <summary>ln of mean^x e^-mean / Gamma(x + 1), for x and mean of at least 0.</summary>
    internal static double LogPoisson(double x, double mean)
    {
        Debug.Assert(x >= 0 && mean >= 0, "Counts and means are not negative.");
        if (mean == 0)
        {
            return x == 0 ? 0 : double.NegativeInfinity;
        }

        return x == 0 ? -mean : -StirlingError(x) - Deviance(x, mean) - 0.5 * (LogSpace.LnTwoPi + Math.Log(x));
    }

    /// <summary>
    /// ln of Gamma(n + 1) / (Gamma(x + 1) Gamma(n - x + 1)) p^x q^(n - x). The rest n - x and the complement q of p are passed separately,
    /// so that neither is rounded away.
    /// </summary>
    internal static double LogBinomial(double x, double rest, double p, double q)
    {
        if (p == 0 || q == 0)
        {
            return (p == 0 ? x : rest) == 0 ? 0 : double.NegativeInfinity;
        }

        var n = x + rest;
        if (x == 0 || rest == 0)
        {
            return n * (x == 0 ? LogOf(q, p) : LogOf(p, q));
        }

        return StirlingError(n) - StirlingError(x) - StirlingError(rest)
            - Deviance(x, n * p) - Deviance(rest, n * q)
            + 0.5 * (Math.Log(n) - LogSpace.LnTwoPi - Math.Log(x) - Math.Log(rest));
    }

    /// <summary>ln of Gamma(n + 1) minus ln of Stirling's sqrt(2 pi n) (n/e)^n, for n above 0.</summary>
    internal static double StirlingError(double n)
    {
        var shift = 0.0;
        for (; n < SeriesFrom; n++)
        {
            shift += (n + 0.5) * LogSpace.Log1P(1 / n) - 1;
        }

        var inverse = 1 / n;
        var square = inverse * inverse;
        return shift + inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680 - square / 1188))));
    }

    /// <summary>x ln(x / mean) + mean - x, the deviance, for x and mean above 0.</summary>
    internal static double Deviance(double x, double mean)
    {
        var difference = x - mean;
        if (Math.Abs(difference) >= SeriesWithin * (x + mean))
        {
            return x * Math.Log(x / mean) - difference;
        }

        var ratio = difference / (x + mean);
        var sum = difference * ratio;
        var power = 2 * x * ratio;
        for (var odd = 3; ; odd += 2)
        {
            power *= ratio * ratio;
            var next = sum + power / odd;
            if (next == sum)
            {
                return sum;
            }

            sum = next;
        }
    }

    private static double LogOf(double probability, double complement) =>
        complement < 0.5 ? LogSpace.Log1P(-complement) : Math.Log(probability);
}
