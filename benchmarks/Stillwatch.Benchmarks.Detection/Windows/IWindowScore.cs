namespace Stillwatch.Benchmarks.Detection.Windows;

/// <summary>A fitted statistic of windows that is not calibrated yet. Safe from any thread.</summary>
internal interface IWindowScore
{
    /// <summary>The score of a window, which may be any set of queries of the size it was fitted for.</summary>
    double Of(ReadOnlySpan<int> window);
}
