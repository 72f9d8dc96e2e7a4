using System.Diagnostics;

namespace Stillwatch.Statistics;

/// <summary>Natural logarithms of the regularized incomplete gamma functions P(a, x) and Q(a, x) = 1 - P(a, x).</summary>
/// <remarks>
/// DLMF 8.11.4 (series of P) and 8.9.2 (continued fraction of Q), the latter by the method of Lentz as modified by Thompson and Barnett,
/// 1986. Both are taken where they are positive and below about 0.6, the other by complement, so that the relative error of a tail does not
/// grow as the tail gets smaller. Steps: of the order of the square root of a, where x is near a. Stateless; safe from any thread.
/// </remarks>
internal static class IncompleteGamma
{
    /// <summary>More steps than any argument within <see cref="Argument.MaxCount"/> takes.</summary>
    private const int MaxSteps = 100_000_000;

    private const double Precision = 1e-16;

    internal static double LogLower(double a, double x)
    {
        Debug.Assert(a > 0 && x >= 0, "The shape is positive and the argument not negative.");
        return x < a + 1 ? LogSeries(a, x) : LogSpace.Complement(LogFraction(a, x));
    }

    internal static double LogUpper(double a, double x)
    {
        Debug.Assert(a > 0 && x >= 0, "The shape is positive and the argument not negative.");
        return x < a + 1 ? LogSpace.Complement(LogSeries(a, x)) : LogFraction(a, x);
    }

    private static double LogSeries(double a, double x)
    {
        var (term, sum) = (1.0, 1.0);
        for (var n = 1; n < MaxSteps; n++)
        {
            var ratio = x / (a + n);
            term *= ratio;
            sum += term;
            if (term * ratio < Precision * sum * (1 - ratio))
            {
                return SaddlePointDensity.LogPoisson(a, x) + Math.Log(sum);
            }
        }

        throw new ArithmeticException($"The incomplete gamma function did not converge for a = {a}, x = {x}.");
    }

    private static double LogFraction(double a, double x)
    {
        if (double.IsPositiveInfinity(x))
        {
            return double.NegativeInfinity;
        }

        var b = x + 1 - a;
        var c = double.MaxValue;
        var d = 1 / b;
        var fraction = d;
        for (var i = 1; i < MaxSteps; i++)
        {
            var numerator = -i * (i - a);
            b += 2;
            d = 1 / (numerator * d + b);
            c = b + numerator / c;
            fraction *= c * d;
            if (Math.Abs(c * d - 1) < Precision)
            {
                return SaddlePointDensity.LogPoisson(a, x) + Math.Log(a) + Math.Log(fraction);
            }
        }

        throw new ArithmeticException($"The incomplete gamma function did not converge for a = {a}, x = {x}.");
    }
}
