namespace Stillwatch.Statistics;

/// <summary>The outcome of a Kolmogorov-Smirnov test.</summary>
/// <param name="Distance">The largest difference of the two distribution functions, 0 to 1: also the effect size.</param>
/// <param name="PValue">The p-value.</param>
/// <param name="IsExact">Whether the p-value is exact; otherwise it is the limit for large samples.</param>
public sealed record KolmogorovSmirnovResult(double Distance, PValue PValue, bool IsExact);
