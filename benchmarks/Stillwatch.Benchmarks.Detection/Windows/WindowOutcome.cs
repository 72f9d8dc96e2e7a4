namespace Stillwatch.Benchmarks.Detection.Windows;

/// <summary>How often one detector flagged windows of one size under one split of one pair.</summary>
/// <param name="Pair">Name of the pair.</param>
/// <param name="Seed">Seed of the split.</param>
/// <param name="WindowSize">Queries in a window.</param>
/// <param name="Detector">Name of the detector.</param>
/// <param name="FalsePositiveRate">Share of the benign windows that were flagged.</param>
/// <param name="TruePositiveRates">Share of the attack's windows that were flagged, for each attacker's share.</param>
/// <param name="DisjointWindows">How many windows without a common query the test third holds.</param>
internal sealed record WindowOutcome(
    string Pair,
    ulong Seed,
    int WindowSize,
    string Detector,
    double FalsePositiveRate,
    IReadOnlyList<double> TruePositiveRates,
    int DisjointWindows)
{
    /// <summary>The mean over the attacker's shares.</summary>
    public double MeanTruePositiveRate => TruePositiveRates.Average();
}
