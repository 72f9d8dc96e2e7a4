namespace Stillwatch.Benchmarks.Detection.Windows.Contamination;

/// <summary>Brings a sample with a tail to the right close to a standard normal one, keeping its order.</summary>
/// <remarks>
/// The cube root of Wilson and Hilferty, PNAS 1931, for a gamma distribution shifted and scaled to the sample's mean, deviation and
/// skewness (Pearson's type III). A sample without positive skewness is only standardised.
/// </remarks>
internal static class NormalScores
{
    /// <summary>Skewness below which the cube root is the identity to the digits that matter.</summary>
    private const double NoSkewness = 1e-3;

    /// <summary>Replaces one column of a table by its normal scores; zeros if the column is constant.</summary>
    public static void Replace(double[][] table, int column)
    {
        var mean = table.Average(row => row[column]);
        var variance = table.Average(row => Math.Pow(row[column] - mean, 2));
        var deviation = Math.Sqrt(variance);
        var skewness = variance > 0 ? table.Average(row => Math.Pow((row[column] - mean) / deviation, 3)) : 0;
        foreach (var row in table)
        {
            row[column] = variance > 0 ? Of((row[column] - mean) / deviation, skewness) : 0;
        }
    }

    /// <summary>The normal score of a standardised value.</summary>
    public static double Of(double standardised, double skewness) => skewness < NoSkewness
        ? standardised
        : 6 / skewness * (Math.Cbrt(Math.Max(0, skewness * standardised / 2 + 1)) - 1) + skewness / 6;
}
