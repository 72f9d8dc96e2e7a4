namespace Stillwatch.Benchmarks.Detection.Windows.Contamination;

/// <summary>Brings a sample with a tail to the right close to a standard normal one.</summary>
/// <remarks>
/// The cube root of Wilson and Hilferty, PNAS 1931, for a gamma distribution shifted and scaled to a mean, a deviation and a skewness
/// (Pearson's type III); without positive skewness a value is only standardised. Each value is judged by the moments of all others, so that
/// an outlier does not hide itself, and all values are treated alike, so that exchangeable values stay exchangeable.
/// </remarks>
internal static class NormalScores
{
    /// <summary>Skewness below which the cube root is the identity to the digits that matter.</summary>
    private const double NoSkewness = 1e-3;

    /// <summary>A variance below this share of the sum of squares is rounding.</summary>
    private const double RelativeRounding = 1e-12;

    /// <summary>
    /// The score of a value where all others are equal: above all that others can have, finite so that it has moments in its turn.
    /// </summary>
    private const double Outside = 40;

    /// <summary>Replaces every column of a table by its normal scores.</summary>
    public static void ReplaceAll(double[][] table)
    {
        for (var column = 0; column < table[0].Length; column++)
        {
            Replace(table, column);
        }
    }

    /// <summary>
    /// Replaces one column of a table by its normal scores; where all others are equal, a value gets 0 if it equals them, else ±40.
    /// </summary>
    public static void Replace(double[][] table, int column)
    {
        var mean = table.Average(row => row[column]);
        var (squares, cubes) = (0.0, 0.0);
        foreach (var row in table)
        {
            row[column] -= mean;
            squares += row[column] * row[column];
            cubes += row[column] * row[column] * row[column];
        }

        foreach (var row in table)
        {
            row[column] = AmongOthers(row[column], squares, cubes, table.Length - 1);
        }
    }

    /// <summary>The normal score of a standardised value.</summary>
    public static double Of(double standardised, double skewness) => skewness < NoSkewness
        ? standardised
        : 6 / skewness * (Math.Cbrt(Math.Max(0, skewness * standardised / 2 + 1)) - 1) + skewness / 6;

    /// <param name="value">A value of a sample whose mean is 0.</param>
    /// <param name="squares">Sum of the squares of the sample.</param>
    /// <param name="cubes">Sum of the cubes of the sample.</param>
    /// <param name="others">One less than the size of the sample.</param>
    private static double AmongOthers(double value, double squares, double cubes, int others)
    {
        var mean = -value / others;
        var second = (squares - value * value) / others;
        var variance = second - mean * mean;
        if (variance <= RelativeRounding * squares)
        {
            return Math.Abs(value) <= Math.Sqrt(RelativeRounding * squares) ? 0 : Math.CopySign(Outside, value);
        }

        var third = (cubes - value * value * value) / others - 3 * mean * second + 2 * mean * mean * mean;
        var score = Of((value - mean) / Math.Sqrt(variance), third / (variance * Math.Sqrt(variance)));
        return Math.Clamp(score, -Outside, Outside);
    }
}
