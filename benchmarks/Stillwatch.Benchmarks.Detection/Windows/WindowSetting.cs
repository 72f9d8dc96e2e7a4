using Stillwatch.Benchmarks.Detection.Windows.Features;

namespace Stillwatch.Benchmarks.Detection.Windows;

/// <summary>What a detector is fitted and calibrated on.</summary>
/// <param name="Queries">The queries of the pair; a detector being fitted looks at those of the next two only.</param>
/// <param name="Reference">Benign queries to fit on.</param>
/// <param name="Calibration">Other benign queries to calibrate on.</param>
/// <param name="WindowSize">Queries in a window.</param>
/// <param name="Seed">The seed of whatever the fitting draws.</param>
internal sealed record WindowSetting(EmbeddedQueries Queries, int[] Reference, int[] Calibration, int WindowSize, ulong Seed);
