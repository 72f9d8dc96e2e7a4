namespace Stillwatch.Benchmarks.Detection.Windows.Contamination;

/// <summary>One way in which a sample can stand out from the pool it was taken from. Safe from any thread.</summary>
internal interface IEvidence
{
    /// <summary>Number of statistics that it yields.</summary>
    int Statistics { get; }

    /// <summary>
    /// Prepares for samples of a pool. The order of the pool is random and says nothing of who is in the window; what is prepared may
    /// depend on nothing else.
    /// </summary>
    IPoolEvidence On(ReadOnlySpan<int> pool);
}
