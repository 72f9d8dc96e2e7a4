namespace Stillwatch.Statistics;

/// <summary>The outcome of a test of homogeneity.</summary>
/// <param name="ChiSquare">Pearson's statistic.</param>
/// <param name="DegreesOfFreedom">(rows - 1)(columns - 1), empty rows and columns left out.</param>
/// <param name="CramersV">
/// Effect size from 0 (every group has the same proportions) to 1 (the group tells the category); Cramér 1946. Biased upwards in small
/// samples.
/// </param>
/// <param name="PValue">The p-value.</param>
public sealed record HomogeneityResult(double ChiSquare, int DegreesOfFreedom, double CramersV, PValue PValue);
