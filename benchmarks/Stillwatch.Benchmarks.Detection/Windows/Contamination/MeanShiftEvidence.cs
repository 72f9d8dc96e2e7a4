using Stillwatch.Benchmarks.Detection.Windows.Features;

namespace Stillwatch.Benchmarks.Detection.Windows.Contamination;

/// <summary>How far the mean of the sample lies from the mean of the pool, in units of the spread of single queries.</summary>
/// <remarks>
/// Hotelling's statistic (1931) under a covariance that is shrunk, and taken from the reference, so that one matrix serves every sample:
/// a shift in a direction in which benign queries hardly vary counts for more. Time: linear in the sample.
/// </remarks>
/// <param name="white">Vectors of all queries after whitening by the reference.</param>
internal sealed class MeanShiftEvidence(QueryVectors white) : IEvidence
{
    /// <inheritdoc/>
    public int Statistics => 1;

    /// <inheritdoc/>
    public IPoolEvidence On(ReadOnlySpan<int> pool)
    {
        var mean = new float[white.Dimensions];
        foreach (var query in pool)
        {
            DenseVector.Add(mean, white[query]);
        }

        for (var d = 0; d < mean.Length; d++)
        {
            mean[d] /= pool.Length;
        }

        return new Shift(white, pool.ToArray(), mean);
    }

    private sealed class Shift(QueryVectors white, int[] pool, float[] mean) : IPoolEvidence
    {
        public void Measure(SampleSet samples, double[][] statistics, int first)
        {
            Span<float> sum = stackalloc float[mean.Length];
            for (var sample = 0; sample < samples.Count; sample++)
            {
                sum.Clear();
                var positions = samples.Positions(sample);
                foreach (var position in positions)
                {
                    DenseVector.Add(sum, white[pool[position]]);
                }

                var square = 0.0;
                for (var d = 0; d < mean.Length; d++)
                {
                    var shift = sum[d] / positions.Length - mean[d];
                    square += shift * shift;
                }

                statistics[sample][first] = square;
            }
        }
    }
}
