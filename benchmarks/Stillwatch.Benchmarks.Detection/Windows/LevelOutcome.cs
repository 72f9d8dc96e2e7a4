namespace Stillwatch.Benchmarks.Detection.Windows;

/// <summary>The p-value that one detector gave a benign window, the only one of its cut.</summary>
/// <param name="Pair">Name of the pair.</param>
/// <param name="Seed">Seed of the cut.</param>
/// <param name="WindowSize">Queries in the window.</param>
/// <param name="Detector">Name of the detector.</param>
/// <param name="PValue">The p-value; 1 stands for any above <see cref="LevelReport.Levels"/>.</param>
internal sealed record LevelOutcome(string Pair, ulong Seed, int WindowSize, string Detector, double PValue);
