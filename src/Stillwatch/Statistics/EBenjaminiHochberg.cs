namespace Stillwatch.Statistics;

/// <summary>Controls the false discovery rate of a list of e-values whatever their dependence, at no price.</summary>
/// <remarks>
/// e-BH of Wang and Ramdas, "False discovery rate control with e-values", JRSS B 2022: reject the k largest e-values for the largest k at
/// which the k-th is at least n / (k level). Time: n log n. Stateless; safe from any thread.
/// </remarks>
public static class EBenjaminiHochberg
{
    /// <summary>Rejects so that the expected share of false rejections is at most the level.</summary>
    /// <param name="values">The e-values; may be empty.</param>
    /// <param name="level">The accepted false discovery rate, above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is out of range.</exception>
    public static FalseDiscoveryResult Control(ReadOnlySpan<EValue> values, double level)
    {
        var inverses = new double[values.Length];
        for (var i = 0; i < inverses.Length; i++)
        {
            inverses[i] = -values[i].Log10;
        }

        return FalseDiscoveryResult.StepUp(inverses, 0, level);
    }
}
