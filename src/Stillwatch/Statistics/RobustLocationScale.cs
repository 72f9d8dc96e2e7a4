namespace Stillwatch.Statistics;

/// <summary>Centre and spread of a sample, of which up to half may be outliers.</summary>
/// <remarks>
/// Hampel, "The influence curve and its role in robust estimation", Journal of the American Statistical Association 1974.
/// </remarks>
/// <param name="Median">The middle value, or the mean of the two middle values.</param>
/// <param name="MedianAbsoluteDeviation">The median distance from the median, unscaled.</param>
public readonly record struct RobustLocationScale(double Median, double MedianAbsoluteDeviation)
{
    /// <summary>
    /// 1 over the upper quartile of the standard normal distribution: makes the spread of a normal sample its standard deviation.
    /// </summary>
    public const double NormalConsistency = 1.4826022185056018;

    /// <summary>The spread in units of a normal standard deviation; 0 if more than half of the sample is one value.</summary>
    public double Scale => NormalConsistency * MedianAbsoluteDeviation;

    /// <summary>Centre and spread of a sample.</summary>
    /// <param name="values">At least one, finite, in any order.</param>
    /// <exception cref="ArgumentException">There is no value.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    public static RobustLocationScale Of(ReadOnlySpan<double> values)
    {
        Argument.ThrowIfEmpty(values.Length, nameof(values));
        Argument.ThrowIfNotFinite(values);
        var sorted = values.ToArray();
        var median = MedianOf(sorted);
        for (var i = 0; i < sorted.Length; i++)
        {
            sorted[i] = Math.Abs(sorted[i] - median);
        }

        return new(median, MedianOf(sorted));
    }

    /// <summary>
    /// How many spreads a value lies above the centre. With spread 0: 0 at the centre, else infinite in the value's direction.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public double RobustScore(double value)
    {
        Argument.ThrowIfNotFinite(value);
        return value == Median ? 0 : (value - Median) / Scale;
    }

    private static double MedianOf(double[] values)
    {
        Array.Sort(values);
        var upper = values.Length / 2;
        return values.Length % 2 == 1 ? values[upper] : values[upper - 1] / 2 + values[upper] / 2;
    }
}
