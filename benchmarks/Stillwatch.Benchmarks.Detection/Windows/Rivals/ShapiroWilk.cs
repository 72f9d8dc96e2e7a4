using System.Collections.Concurrent;
using MathNet.Numerics.Distributions;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Windows.Rivals;

/// <summary>Tests whether a sample is normal by the squared correlation of its order statistics with those of a normal sample.</summary>
/// <remarks>
/// Shapiro and Wilk, Biometrika 1965, with the weights and the p-value of Royston, "Remark AS R94", Applied Statistics 1995, for 3 to 5,000
/// values. The weights of each size are computed once and kept, at most 100 MB if every size occurs. Safe from any thread.
/// </remarks>
internal static class ShapiroWilk
{
    public const int MaxSize = 5000;

    /// <summary>Up to this size, the p-value has a distribution of its own.</summary>
    private const int SmallSize = 11;

    private static readonly ConcurrentDictionary<int, double[]> KnownWeights = new();

    private static readonly double[] FirstWeight = [0, 0.221157, -0.147981, -2.071190, 4.434685, -2.706056];
    private static readonly double[] SecondWeight = [0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633];
    private static readonly double[] SmallShift = [-2.273, 0.459];
    private static readonly double[] SmallMean = [0.5440, -0.39978, 0.025054, -6.714e-4];
    private static readonly double[] SmallLogDeviation = [1.3822, -0.77857, 0.062767, -0.0020322];
    private static readonly double[] Mean = [-1.5861, -0.31082, -0.083751, 0.0038915];
    private static readonly double[] LogDeviation = [-0.4803, -0.082676, 0.0030302];

    /// <summary>The statistic W, 1 for a sample that looks exactly normal; 1 too if all values are equal.</summary>
    /// <param name="values">3 to <see cref="MaxSize"/> finite values in any order.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of values is out of range.</exception>
    public static double Statistic(ReadOnlySpan<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Length, 3, nameof(values));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(values.Length, MaxSize, nameof(values));
        var ascending = values.ToArray();
        Array.Sort(ascending);
        var weights = KnownWeights.GetOrAdd(ascending.Length, Weights);
        var mean = ascending.Average();
        var (spread, squares) = (0.0, 0.0);
        for (var i = 0; i < ascending.Length; i++)
        {
            squares += (ascending[i] - mean) * (ascending[i] - mean);
            spread += i < weights.Length ? weights[i] * (ascending[^(i + 1)] - ascending[i]) : 0;
        }

        return squares > 0 ? Math.Min(1, spread * spread / squares) : 1;
    }

    /// <summary>The probability that a normal sample of this size has a statistic of at most this.</summary>
    /// <param name="statistic">W, above 0 and at most 1.</param>
    /// <param name="size">3 to <see cref="MaxSize"/>.</param>
    public static PValue PValueOf(double statistic, int size)
    {
        if (size == 3)
        {
            var share = 6 / Math.PI * (Math.Asin(Math.Sqrt(statistic)) - Math.Asin(Math.Sqrt(0.75)));
            return PValue.FromProbability(Math.Clamp(share, 0, 1));
        }

        var logDeparture = Math.Log(1 - statistic);
        return size <= SmallSize ? OfSmall(logDeparture, size) : OfLarge(logDeparture, Math.Log(size));
    }

    private static PValue OfSmall(double logDeparture, int size)
    {
        var shift = Polynomial(SmallShift, size);
        return logDeparture >= shift
            ? PValue.FromProbability(0)
            : NormalTail.AtLeast(
                (-Math.Log(shift - logDeparture) - Polynomial(SmallMean, size)) / Math.Exp(Polynomial(SmallLogDeviation, size)));
    }

    private static PValue OfLarge(double logDeparture, double logSize) =>
        NormalTail.AtLeast((logDeparture - Polynomial(Mean, logSize)) / Math.Exp(Polynomial(LogDeviation, logSize)));

    /// <summary>The weights of the differences of the largest and the smallest, the second largest and the second smallest, …</summary>
    private static double[] Weights(int size)
    {
        if (size == 3)
        {
            return [Math.Sqrt(0.5)];
        }

        var weights = new double[size / 2];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = -Normal.InvCDF(0, 1, (i + 1 - 0.375) / (size + 0.25));
        }

        var squares = 2 * weights.Sum(static m => m * m);
        var corrected = size > 5 ? 2 : 1;
        var (ends, norm) = (new double[corrected], Math.Sqrt(squares));
        var (rest, unit) = (squares, 1.0);
        for (var i = 0; i < corrected; i++)
        {
            ends[i] = weights[i] / norm + Polynomial(i == 0 ? FirstWeight : SecondWeight, 1 / Math.Sqrt(size));
            rest -= 2 * weights[i] * weights[i];
            unit -= 2 * ends[i] * ends[i];
        }

        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = i < corrected ? ends[i] : weights[i] / Math.Sqrt(rest / unit);
        }

        return weights;
    }

    private static double Polynomial(double[] coefficients, double x)
    {
        var sum = 0.0;
        for (var i = coefficients.Length - 1; i >= 0; i--)
        {
            sum = sum * x + coefficients[i];
        }

        return sum;
    }
}
