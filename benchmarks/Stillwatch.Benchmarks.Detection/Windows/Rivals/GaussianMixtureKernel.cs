using Stillwatch.Benchmarks.Detection.Windows.Features;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Windows.Rivals;

/// <summary>The mean of four Gaussian kernels around the median distance of the reference.</summary>
/// <remarks>Liu, Guo and Dong, arXiv 2606.05725, 2026: multipliers 0.5, 1, 2, 4; the median over at most 2,000 reference queries.</remarks>
internal sealed class GaussianMixtureKernel
{
    private const int MedianSample = 2000;

    private static readonly double[] Multipliers = [0.5, 1, 2, 4];

    private GaussianMixtureKernel(double bandwidth, SquareMatrix matrix) => (Bandwidth, Matrix) = (bandwidth, matrix);

    /// <summary>Square root of the median positive squared distance.</summary>
    public double Bandwidth { get; }

    /// <summary>The kernel between all queries of the pair.</summary>
    public SquareMatrix Matrix { get; }

    /// <summary>Over the embeddings, as published.</summary>
    public static GaussianMixtureKernel Fit(WindowSetting setting) =>
        Fit(setting, (left, right) => 2 - 2.0 * setting.Queries.Cosines[left, right]);

    /// <summary>Over any squared distance between queries.</summary>
    public static GaussianMixtureKernel Fit(WindowSetting setting, Func<int, int, double> squaredDistance)
    {
        var generator = new SeededGenerator(setting.Seed, stream: 1);
        var sample = RandomSubset.Draw(setting.Reference, Math.Min(MedianSample, setting.Reference.Length), ref generator);
        var bandwidth = MedianDistance(squaredDistance, sample);
        return new(
            bandwidth, SquareMatrix.Of(setting.Queries.Count, (left, right) => (float)Value(squaredDistance(left, right), bandwidth)));
    }

    /// <summary>The kernel at a squared distance.</summary>
    public static double Value(double squaredDistance, double bandwidth)
    {
        var sum = 0.0;
        foreach (var multiplier in Multipliers)
        {
            var scaled = multiplier * bandwidth;
            sum += Math.Exp(-Math.Max(0, squaredDistance) / (2 * scaled * scaled));
        }

        return sum / Multipliers.Length;
    }

    private static double MedianDistance(Func<int, int, double> squaredDistance, int[] sample)
    {
        var squares = new List<double>(sample.Length * (sample.Length - 1) / 2);
        for (var i = 1; i < sample.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var square = squaredDistance(sample[i], sample[j]);
                if (square > 0)
                {
                    squares.Add(square);
                }
            }
        }

        return Math.Sqrt(Median(squares));
    }

    /// <summary>The mean of the two middle values where their number is even.</summary>
    private static double Median(List<double> values)
    {
        values.Sort();
        return (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }
}
