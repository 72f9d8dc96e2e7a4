using Stillwatch.Benchmarks.Detection.Windows.Features;

namespace Stillwatch.Benchmarks.Detection.Windows.Rivals;

/// <summary>How far the distances of each query to its nearest one in the window are from normal: 1 - W of Shapiro and Wilk.</summary>
/// <remarks>
/// Juuti et al., "PRADA", EuroS and P 2019 (arXiv 1805.02628), as adapted to windows by arXiv 2606.05725: distances outside three standard
/// deviations of their mean are dropped; both sides count. Time: quadratic in the window. Immutable; safe from any thread.
/// </remarks>
internal sealed class Prada(SquareMatrix cosines) : IWindowScore
{
    private const double KeptDeviations = 3;

    /// <inheritdoc/>
    public double Of(ReadOnlySpan<int> window)
    {
        var nearest = new float[window.Length];
        Array.Fill(nearest, -1);
        for (var i = 1; i < window.Length; i++)
        {
            var row = cosines.Row(window[i]);
            var best = nearest[i];
            for (var j = 0; j < i; j++)
            {
                var cosine = row[window[j]];
                best = Math.Max(best, cosine);
                nearest[j] = Math.Max(nearest[j], cosine);
            }

            nearest[i] = best;
        }

        return 1 - ShapiroWilk.Statistic(Trimmed(nearest));
    }

    private static double[] Trimmed(float[] cosines)
    {
        var distances = Array.ConvertAll(cosines, static cosine => Math.Sqrt(Math.Max(0, 2 - 2.0 * cosine)));
        var mean = distances.Average();
        var deviation = Math.Sqrt(distances.Average(distance => (distance - mean) * (distance - mean)));
        return Array.FindAll(distances, distance => Math.Abs(distance - mean) <= KeptDeviations * deviation);
    }
}
