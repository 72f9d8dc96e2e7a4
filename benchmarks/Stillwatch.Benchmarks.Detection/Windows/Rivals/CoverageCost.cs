using System.Numerics;
using MathNet.Numerics.Distributions;
using Stillwatch.Benchmarks.Detection.Windows.Features;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Windows.Rivals;

/// <summary>CAP: the cost that a window's coverage of the space of embeddings is charged with.</summary>
/// <remarks>
/// "Stealing and defending the ends of LLMs" (openreview dOS3e1kC5u), as adapted to windows by arXiv 2606.05725: 11 random hyperplanes give
/// 2,048 cells; c is the share of cells seen, r the new cells a query, s the root mean squared distance to the window's mean, and the cost
/// is lambda + 0.05 (exp((c/beta) ln(alpha/lambda)) - 1) + 0.35 alpha r + 0.45 alpha min(s, 1). Both sides count. Immutable; safe from any
/// thread.
/// </remarks>
internal sealed class CoverageCost : IWindowScore
{
    private const int Hyperplanes = 11;
    private const int Cells = 1 << Hyperplanes;
    private const double Lambda = 5e-4;
    private const double Alpha = 8;
    private const double Beta = 0.19;

    private readonly EmbeddedQueries _queries;
    private readonly int[] _cells;

    public CoverageCost(WindowSetting setting)
    {
        _queries = setting.Queries;
        var planes = Planes(new(setting.Seed, stream: 11));
        _cells = [.. Enumerable.Range(0, _queries.Count).Select(query => Cell(planes, _queries.Vectors[query]))];
    }

    /// <inheritdoc/>
    public double Of(ReadOnlySpan<int> window)
    {
        Span<ulong> seen = stackalloc ulong[Cells / 64];
        Span<float> sum = stackalloc float[SignedProjection.Dimensions];
        seen.Clear();
        sum.Clear();
        foreach (var query in window)
        {
            seen[_cells[query] >> 6] |= 1UL << (_cells[query] & 63);
            DenseVector.Add(sum, _queries.Vectors[query]);
        }

        var covered = 0;
        foreach (var word in seen)
        {
            covered += BitOperations.PopCount(word);
        }

        var meanSquare = (double)DenseVector.Dot(sum, sum) / ((double)window.Length * window.Length);
        return Cost((double)covered / Cells, (double)covered / window.Length, Math.Sqrt(Math.Max(0, 1 - meanSquare)));
    }

    /// <summary>The cost of a coverage, a novelty and a spread.</summary>
    public static double Cost(double coverage, double novelty, double spread) =>
        Lambda + 0.05 * (Math.Exp(coverage / Beta * Math.Log(Alpha / Lambda)) - 1)
        + 0.35 * Alpha * novelty + 0.45 * Alpha * Math.Min(spread, 1);

    private static float[][] Planes(SeededGenerator generator)
    {
        var planes = new float[Hyperplanes][];
        for (var plane = 0; plane < Hyperplanes; plane++)
        {
            planes[plane] = new float[SignedProjection.Dimensions];
            for (var d = 0; d < SignedProjection.Dimensions; d++)
            {
                planes[plane][d] = (float)Normal.InvCDF(0, 1, Math.Max(double.Epsilon, generator.NextDouble()));
            }
        }

        return planes;
    }

    private static int Cell(float[][] planes, ReadOnlySpan<float> vector)
    {
        var cell = 0;
        foreach (var plane in planes)
        {
            cell = cell << 1 | (DenseVector.Dot(plane, vector) > 0 ? 1 : 0);
        }

        return cell;
    }
}
