namespace Stillwatch.Statistics;

/// <summary>The outcome of a one-way analysis of variance.</summary>
/// <param name="F">
/// Mean square between groups over mean square within; positive infinity if only the groups differ, 0 if nothing does.
/// </param>
/// <param name="BetweenMeanSquare">Variance of the group means, scaled to a single value.</param>
/// <param name="WithinMeanSquare">Variance of the values about their group's mean.</param>
/// <param name="EtaSquared">Effect size: the share of the total sum of squares that the groups explain, 0 to 1. Biased upwards.</param>
/// <param name="OmegaSquared">
/// The same share with the bias of small groups taken off (Hays 1963); may fall below 0, then it is given as 0.
/// </param>
/// <param name="PValue">The p-value.</param>
public sealed record AnalysisOfVarianceResult(
    double F, double BetweenMeanSquare, double WithinMeanSquare, double EtaSquared, double OmegaSquared, PValue PValue);
