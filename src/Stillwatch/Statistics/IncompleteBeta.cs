using System.Diagnostics;

namespace Stillwatch.Statistics;

/// <summary>Natural logarithm of the regularized incomplete beta function I_x(a, b).</summary>
/// <remarks>
/// Continued fraction DLMF 8.17.22 by the method of Lentz as modified by Thompson and Barnett, 1986; the prefix by
/// <see cref="SaddlePointDensity"/>. Taken on the side where it is below about 0.6, so that the relative error of a tail does not grow as
/// the tail gets smaller. Steps: of the order of the square root of the larger parameter, where x is near a/(a + b). Stateless; safe from
/// any thread.
/// </remarks>
internal static class IncompleteBeta
{
    /// <summary>More steps than any argument within <see cref="Argument.MaxCount"/> takes.</summary>
    private const int MaxSteps = 100_000_000;

    private const double Precision = 2e-16;

    private const double Tiny = 1e-300;

    /// <param name="a">First parameter, above 0.</param>
    /// <param name="b">Second parameter, above 0.</param>
    /// <param name="x">The argument, 0 to 1.</param>
    /// <param name="y">1 - x, passed separately so that it is not rounded away.</param>
    internal static double Log(double a, double b, double x, double y)
    {
        Debug.Assert(a > 0 && b > 0 && x >= 0 && y >= 0, "Both parameters are positive, both arguments not negative.");
        if (x == 0 || y == 0)
        {
            return x == 0 ? double.NegativeInfinity : 0;
        }

        return x * (a + b + 2) <= a + 1 ? LogFraction(a, b, x, y) : LogSpace.Complement(LogFraction(b, a, y, x));
    }

    private static double LogFraction(double a, double b, double x, double y)
    {
        var prefix = SaddlePointDensity.LogBinomial(a, b, x, y) + Math.Log(b / (a + b));
        var c = 1.0;
        var d = 1 / NotZero(1 - (a + b) * x / (a + 1));
        var fraction = d;
        for (var m = 1; m < MaxSteps; m++)
        {
            var even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / NotZero(1 + even * d);
            c = NotZero(1 + even / c);
            fraction *= c * d;
            var odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / NotZero(1 + odd * d);
            c = NotZero(1 + odd / c);
            fraction *= c * d;
            if (Math.Abs(c * d - 1) <= Precision)
            {
                return prefix + Math.Log(fraction);
            }
        }

        throw new ArithmeticException($"The incomplete beta function did not converge for a = {a}, b = {b}, x = {x}.");
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
