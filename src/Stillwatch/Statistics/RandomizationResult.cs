namespace Stillwatch.Statistics;

/// <summary>The outcome of a randomization test.</summary>
/// <param name="Observed">The statistic of the data.</param>
/// <param name="PValue">The p-value; valid in finite samples, whatever the number of draws.</param>
/// <param name="Exceedances">Number of randomized statistics that were at least as large as the observed one.</param>
/// <param name="Draws">Number of randomized statistics that were drawn.</param>
public sealed record RandomizationResult(double Observed, PValue PValue, int Exceedances, int Draws);
