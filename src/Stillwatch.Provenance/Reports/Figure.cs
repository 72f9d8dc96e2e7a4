using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Reports;

/// <summary>
/// Figures as a report holds them: to six decimals, so that they are the same on every machine although the last bits of logarithms are
/// not.
/// </summary>
internal static class Figure
{
    /// <summary>Stands for an infinite logarithm, which JSON cannot hold.</summary>
    private const double Infinite = 1e15;

    public static double Of(double value) => Math.Round(Math.Clamp(value, -Infinite, Infinite), 6) + 0.0;

    public static double Of(PValue value) => Of(value.Log10);

    public static double Of(EValue value) => Of(value.Log10);

    /// <summary>A p-value times a number of hypotheses, as its logarithm: Bonferroni's correction.</summary>
    public static double Adjusted(double log10P, int hypotheses) => Of(Math.Min(0, log10P + Math.Log10(hypotheses)));

    public static bool IsFound(double log10Adjusted, double level) => log10Adjusted <= Math.Log10(level);
}
