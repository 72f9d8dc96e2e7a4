using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Windows;

/// <summary>A fitted and calibrated detector. Safe from any thread.</summary>
internal interface IWindowTest
{
    /// <summary>The p-value of a window under the hypothesis that its queries are drawn like the benign ones.</summary>
    /// <param name="window">Numbers of queries.</param>
    /// <param name="generator">The only source of randomness.</param>
    PValue PValueOf(ReadOnlySpan<int> window, ref SeededGenerator generator);
}
