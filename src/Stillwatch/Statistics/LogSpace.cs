namespace Stillwatch.Statistics;

/// <summary>Sums and differences of numbers that are held as natural logarithms.</summary>
/// <remarks>
/// The runtime's <c>double.LogP1</c> and <c>double.ExpM1</c> add or subtract one in plain arithmetic and lose every digit of a small
/// argument; the forms here (Kahan, in Goldberg 1991, theorem 4) keep all but the last few bits. Stateless; safe from any thread.
/// </remarks>
internal static class LogSpace
{
    internal const double Ln10 = 2.302585092994045684;
    internal const double Ln2 = 0.693147180559945309;
    internal const double LnTwoPi = 1.837877066409345484;

    /// <summary>ln(1 + x), accurate near zero.</summary>
    internal static double Log1P(double x)
    {
        var shifted = 1 + x;
        return shifted == 1 || double.IsInfinity(shifted) ? x : Math.Log(shifted) * (x / (shifted - 1));
    }

    /// <summary>e^x - 1, accurate near zero.</summary>
    internal static double ExpM1(double x)
    {
        var exponential = Math.Exp(x);
        if (exponential == 1)
        {
            return x;
        }

        var difference = exponential - 1;
        return difference == -1 || double.IsInfinity(exponential) ? difference : difference * (x / Math.Log(exponential));
    }

    /// <summary>ln(1 - e^x) for x at most 0: the logarithm of the complement of a probability.</summary>
    internal static double Complement(double x) => x > -Ln2 ? Math.Log(-ExpM1(x)) : Log1P(-Math.Exp(x));

    /// <summary>ln(e^a + e^b).</summary>
    internal static double Add(double a, double b)
    {
        var (low, high) = a < b ? (a, b) : (b, a);
        return double.IsInfinity(high) || double.IsNegativeInfinity(low) ? high : high + Log1P(Math.Exp(low - high));
    }

    /// <summary>ln of the sum of e^x over the terms; negative infinity for none.</summary>
    internal static double Sum(ReadOnlySpan<double> terms)
    {
        var high = double.NegativeInfinity;
        foreach (var term in terms)
        {
            high = Math.Max(high, term);
        }

        if (double.IsInfinity(high))
        {
            return high;
        }

        var sum = 0.0;
        foreach (var term in terms)
        {
            sum += Math.Exp(term - high);
        }

        return high + Math.Log(sum);
    }

    /// <summary>ln(1 + e^x), without overflow.</summary>
    internal static double SoftPlus(double x) => x > 0 ? x + Log1P(Math.Exp(-x)) : Log1P(Math.Exp(x));
}
