using MathNet.Numerics.Distributions;

namespace Stillwatch.Benchmarks.Detection.Windows;

/// <summary>A mean over seeds with its interval by Student's t at 95 %.</summary>
/// <remarks>Seeds cut the same queries anew, so the interval is about the cut, not about other pairs.</remarks>
internal readonly record struct MeanInterval(double Mean, double HalfWidth)
{
    private const double Confidence = 0.95;

    public static MeanInterval Of(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        if (values.Count < 2)
        {
            return new(mean, double.NaN);
        }

        var variance = values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1);
        var quantile = StudentT.InvCDF(0, 1, values.Count - 1, (1 + Confidence) / 2);
        return new(mean, quantile * Math.Sqrt(variance / values.Count));
    }
}
