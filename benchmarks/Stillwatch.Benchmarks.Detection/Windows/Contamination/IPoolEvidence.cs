namespace Stillwatch.Benchmarks.Detection.Windows.Contamination;

/// <summary>The statistics of samples of one pool; large is extreme.</summary>
internal interface IPoolEvidence
{
    /// <summary>Writes the statistics of every sample.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="statistics">One row a sample.</param>
    /// <param name="first">The column of the first statistic.</param>
    void Measure(SampleSet samples, double[][] statistics, int first);
}
