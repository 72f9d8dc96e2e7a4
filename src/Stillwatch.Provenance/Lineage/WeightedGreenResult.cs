using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Lineage;

/// <summary>What a weighted test found under one key.</summary>
/// <param name="Sum">The sum of the weights times (green - its probability).</param>
/// <param name="Deviations">The sum in standard deviations under the null hypothesis: a score.</param>
/// <param name="Test">Chernoff's bound of the upper tail: a p-value.</param>
/// <param name="Evidence">An e-value, to be averaged with those of other weightings.</param>
public sealed record WeightedGreenResult(double Sum, double Deviations, PValue Test, EValue Evidence);
