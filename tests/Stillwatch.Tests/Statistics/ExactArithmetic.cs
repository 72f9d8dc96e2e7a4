using System.Numerics;
using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

/// <summary>Tails summed in whole numbers, without rounding: the slow and obvious reference for the fast ones.</summary>
internal static class ExactArithmetic
{
    /// <summary>Asserts a tail to the error given, in log10, plus what storing its logarithm in a double costs.</summary>
    internal static void AssertLog10(double expected, PValue actual, string what, double error = 2e-12)
    {
        var tolerance = error + Math.Abs(expected) * 1e-15;
        Assert.True(
            Math.Abs(expected - actual.Log10) <= tolerance || expected == actual.Log10,
            $"{what}: log10 of the tail is {expected:R}, got {actual.Log10:R}, off by {actual.Log10 - expected:R}.");
    }

    /// <summary>
    /// log10 of P(X at least k) for the binomial distribution; the probability is taken as the exact fraction that the double is.
    /// </summary>
    internal static double BinomialAtLeast(long k, long n, double probability) => BinomialBetween(Math.Max(0, k), n, n, probability);

    /// <summary>log10 of P(X at most k) for the binomial distribution.</summary>
    internal static double BinomialAtMost(long k, long n, double probability) => BinomialBetween(0, Math.Min(k, n), n, probability);

    internal static double HypergeometricBetween(long low, long high, long population, long marked, long drawn)
    {
        var sum = BigInteger.Zero;
        for (var k = Math.Max(low, 0); k <= high; k++)
        {
            sum += Choose(marked, k) * Choose(population - marked, drawn - k);
        }

        return Log10(sum) - Log10(Choose(population, drawn));
    }

    internal static BigInteger Choose(long n, long k)
    {
        if (k < 0 || k > n)
        {
            return BigInteger.Zero;
        }

        var result = BigInteger.One;
        for (var i = 0; i < k; i++)
        {
            result = result * (n - i) / (i + 1);
        }

        return result;
    }

    /// <summary>The fraction numerator / 2^bits that a double in [0, 1] is.</summary>
    internal static (BigInteger Numerator, int Bits) Dyadic(double value)
    {
        var bits = 0;
        while (value != Math.Floor(value))
        {
            value *= 2;
            bits++;
        }

        return (new BigInteger(value), bits);
    }

    internal static double Log10(BigInteger value) => value.IsZero ? double.NegativeInfinity : BigInteger.Log10(value);

    private static double BinomialBetween(long low, long high, long n, double probability)
    {
        var (p, bits) = Dyadic(probability);
        var q = (BigInteger.One << bits) - p;
        var sum = BigInteger.Zero;
        for (var k = low; k <= high; k++)
        {
            sum += Choose(n, k) * BigInteger.Pow(p, (int)k) * BigInteger.Pow(q, (int)(n - k));
        }

        return sum.IsZero ? double.NegativeInfinity : Ratio(sum, bits * n);
    }

    /// <summary>
    /// log10 of sum / 2^bits, taken of the fraction itself where it is near 1, so that its digits are not lost in a difference.
    /// </summary>
    private static double Ratio(BigInteger sum, long bits)
    {
        var length = sum.GetBitLength();
        var leading = length > 64 ? (double)(sum >> (int)(length - 64)) : (double)sum;
        var exponent = (length > 64 ? length - 64 : 0) - bits;
        if (exponent > -200)
        {
            var rest = (BigInteger.One << (int)bits) - sum;
            var restLength = rest.GetBitLength();
            if (restLength < bits - 1)
            {
                var dropped = Math.Max(0, restLength - 64);
                return LogSpace.Log1P(-(double)(rest >> (int)dropped) * Math.Pow(2, dropped - bits)) / Math.Log(10);
            }
        }

        return Math.Log10(leading) + exponent * Math.Log10(2);
    }
}
