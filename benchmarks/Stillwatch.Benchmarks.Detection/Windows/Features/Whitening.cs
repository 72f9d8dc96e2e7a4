namespace Stillwatch.Benchmarks.Detection.Windows.Features;

/// <summary>
/// The map after which vectors of a sample have mean zero and unit covariance, so that Euclidean lengths are Mahalanobis distances.
/// </summary>
/// <remarks>The inverse Cholesky factor of the covariance. Immutable; safe from any thread.</remarks>
internal sealed class Whitening
{
    /// <summary>Keeps a coordinate that never varies from being divided by zero.</summary>
    private const double MinimumVariance = 1e-9;

    private readonly float[] _mean;

    /// <summary>Rows of the inverse factor, lower triangular.</summary>
    private readonly float[][] _rows;

    private Whitening(double[] mean, double[][] covariance)
    {
        _mean = Array.ConvertAll(mean, static value => (float)value);
        _rows = [.. Inverse(Cholesky(covariance)).Select(static row => Array.ConvertAll(row, static value => (float)value))];
    }

    /// <summary>With the sample covariance and something added to each eigenvalue.</summary>
    public static Whitening WithRidge(QueryVectors vectors, ReadOnlySpan<int> sample, double ridge)
    {
        var mean = Mean(vectors, sample);
        var covariance = Covariance(vectors, sample, mean, sample.Length - 1);
        for (var d = 0; d < mean.Length; d++)
        {
            covariance[d][d] += ridge;
        }

        return new(mean, covariance);
    }

    /// <summary>With the covariance shrunk towards a multiple of the identity, as far as its own noise demands.</summary>
    /// <remarks>Ledoit and Wolf, "A well-conditioned estimator for large-dimensional covariance matrices", JMVA 2004, lemma 3.2.</remarks>
    public static Whitening WithShrinkage(QueryVectors vectors, ReadOnlySpan<int> sample)
    {
        var mean = Mean(vectors, sample);
        var covariance = Covariance(vectors, sample, mean, sample.Length);
        var scale = Enumerable.Range(0, mean.Length).Average(d => covariance[d][d]);
        var squares = SquaredNorm(covariance);
        var dispersion = squares - mean.Length * scale * scale;
        var noise = (FourthMoment(vectors, sample, mean) / sample.Length - squares) / sample.Length;
        var weight = dispersion > 0 ? Math.Clamp(noise / dispersion, 0, 1) : 1;
        for (var d = 0; d < mean.Length; d++)
        {
            for (var e = 0; e <= d; e++)
            {
                covariance[d][e] = (1 - weight) * covariance[d][e] + (d == e ? weight * scale + MinimumVariance : 0);
            }
        }

        return new(mean, covariance);
    }

    public QueryVectors Apply(QueryVectors vectors)
    {
        var white = new QueryVectors(vectors.Count, vectors.Dimensions);
        Parallel.For(0, vectors.Count, query =>
        {
            Span<float> centred = stackalloc float[vectors.Dimensions];
            for (var d = 0; d < centred.Length; d++)
            {
                centred[d] = vectors[query][d] - _mean[d];
            }

            for (var d = 0; d < centred.Length; d++)
            {
                white[query][d] = DenseVector.Dot(_rows[d], centred[..(d + 1)]);
            }
        });
        return white;
    }

    private static double[] Mean(QueryVectors vectors, ReadOnlySpan<int> sample)
    {
        var mean = new double[vectors.Dimensions];
        foreach (var query in sample)
        {
            for (var d = 0; d < mean.Length; d++)
            {
                mean[d] += vectors[query][d] / (double)sample.Length;
            }
        }

        return mean;
    }

    /// <summary>The lower triangle.</summary>
    private static double[][] Covariance(QueryVectors vectors, ReadOnlySpan<int> sample, double[] mean, int divisor)
    {
        var covariance = new double[mean.Length][];
        var columns = new float[mean.Length][];
        for (var d = 0; d < mean.Length; d++)
        {
            columns[d] = new float[sample.Length];
            covariance[d] = new double[d + 1];
            for (var i = 0; i < sample.Length; i++)
            {
                columns[d][i] = (float)(vectors[sample[i]][d] - mean[d]);
            }

            for (var e = 0; e <= d; e++)
            {
                covariance[d][e] = DenseVector.Dot(columns[d], columns[e]) / (double)divisor;
            }
        }

        return covariance;
    }

    private static double FourthMoment(QueryVectors vectors, ReadOnlySpan<int> sample, double[] mean)
    {
        var sum = 0.0;
        foreach (var query in sample)
        {
            var square = 0.0;
            for (var d = 0; d < mean.Length; d++)
            {
                square += (vectors[query][d] - mean[d]) * (vectors[query][d] - mean[d]);
            }

            sum += square * square;
        }

        return sum;
    }

    private static double SquaredNorm(double[][] lower)
    {
        var sum = 0.0;
        for (var d = 0; d < lower.Length; d++)
        {
            for (var e = 0; e <= d; e++)
            {
                sum += (d == e ? 1 : 2) * lower[d][e] * lower[d][e];
            }
        }

        return sum;
    }

    private static double[][] Cholesky(double[][] lower)
    {
        for (var d = 0; d < lower.Length; d++)
        {
            for (var e = 0; e <= d; e++)
            {
                var rest = lower[d][e];
                for (var k = 0; k < e; k++)
                {
                    rest -= lower[d][k] * lower[e][k];
                }

                lower[d][e] = d == e ? Math.Sqrt(Math.Max(rest, double.Epsilon)) : rest / lower[e][e];
            }
        }

        return lower;
    }

    private static double[][] Inverse(double[][] lower)
    {
        var inverse = new double[lower.Length][];
        for (var d = 0; d < lower.Length; d++)
        {
            inverse[d] = new double[d + 1];
            inverse[d][d] = 1 / lower[d][d];
            for (var k = 0; k < d; k++)
            {
                for (var e = 0; e <= k; e++)
                {
                    inverse[d][e] -= lower[d][k] * inverse[k][e] / lower[d][d];
                }
            }
        }

        return inverse;
    }
}
