namespace Stillwatch.Benchmarks.Detection.Windows.Contamination;

/// <summary>The statistics of samples of one pool; large is extreme.</summary>
internal interface IPoolEvidence
{
    /// <summary>Writes the statistics of a sample.</summary>
    void Measure(Membership sample, Span<double> statistics);
}
