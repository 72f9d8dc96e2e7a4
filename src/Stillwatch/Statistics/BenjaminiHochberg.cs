namespace Stillwatch.Statistics;

/// <summary>Controls the false discovery rate of a list of p-values that are independent or positively dependent.</summary>
/// <remarks>
/// Benjamini and Hochberg, "Controlling the false discovery rate", JRSS B 1995; positive regression dependence: Benjamini and Yekutieli
/// 2001. For other dependence use <see cref="BenjaminiYekutieli"/> or <see cref="EBenjaminiHochberg"/>. Time: n log n. Stateless; safe from
/// any thread.
/// </remarks>
public static class BenjaminiHochberg
{
    /// <summary>
    /// Rejects so that the expected share of false rejections is at most the level times the share of true null hypotheses.
    /// </summary>
    /// <param name="values">The p-values; may be empty.</param>
    /// <param name="level">The accepted false discovery rate, above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is out of range.</exception>
    public static FalseDiscoveryResult Control(ReadOnlySpan<PValue> values, double level) =>
        FalseDiscoveryResult.StepUp(Logarithms(values), 0, level);

    internal static double[] Logarithms(ReadOnlySpan<PValue> values)
    {
        var logarithms = new double[values.Length];
        for (var i = 0; i < logarithms.Length; i++)
        {
            logarithms[i] = values[i].Log10;
        }

        return logarithms;
    }
}
