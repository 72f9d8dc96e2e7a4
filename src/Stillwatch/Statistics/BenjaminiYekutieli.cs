namespace Stillwatch.Statistics;

/// <summary>
/// Controls the false discovery rate of a list of p-values whatever their dependence, at the price of a factor of about ln n.
/// </summary>
/// <remarks>
/// Benjamini and Yekutieli, "The control of the false discovery rate in multiple testing under dependency", Annals of Statistics 2001: the
/// procedure of Benjamini and Hochberg at the level divided by 1 + 1/2 + ... + 1/n. Time: n log n. Stateless; safe from any thread.
/// </remarks>
public static class BenjaminiYekutieli
{
    /// <summary>Rejects so that the expected share of false rejections is at most the level.</summary>
    /// <param name="values">The p-values; may be empty.</param>
    /// <param name="level">The accepted false discovery rate, above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is out of range.</exception>
    public static FalseDiscoveryResult Control(ReadOnlySpan<PValue> values, double level)
    {
        var harmonic = 0.0;
        for (var i = values.Length; i > 0; i--)
        {
            harmonic += 1.0 / i;
        }

        return FalseDiscoveryResult.StepUp(BenjaminiHochberg.Logarithms(values), Math.Log10(Math.Max(harmonic, 1)), level);
    }
}
