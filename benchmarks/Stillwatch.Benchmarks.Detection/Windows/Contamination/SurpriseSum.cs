namespace Stillwatch.Benchmarks.Detection.Windows.Contamination;

/// <summary>
/// The largest of some surprises, 0 if none is above ln 10, and by how much they exceed ln 10, ln 100 and ln 10,000 in sum.
/// </summary>
/// <remarks>
/// Few strong surprises and many weak ones: the truncated product of Zaykin et al., "Truncated product method for combining p-values",
/// Genetic Epidemiology 2002, at three truncations and at the limit of one p-value.
/// </remarks>
internal struct SurpriseSum
{
    /// <summary>Number of statistics.</summary>
    public const int Statistics = 4;

    private const double Ln10 = 2.302585092994046;

    private double _largest;
    private double _weak;
    private double _middling;
    private double _strong;

    /// <summary>The first place of an ascending row of surprises from which on they count: above ln 10. The length if none does.</summary>
    public static int FirstThatCounts(ReadOnlySpan<double> ascending)
    {
        var first = 0;
        while (first < ascending.Length && ascending[first] <= Ln10)
        {
            first++;
        }

        return first;
    }

    /// <summary>Adds a surprise; one of ln 10 or less may be left out.</summary>
    public void Add(double surprise)
    {
        _largest = surprise > Ln10 ? Math.Max(_largest, surprise) : _largest;
        _weak += Math.Max(0, surprise - Ln10);
        _middling += Math.Max(0, surprise - 2 * Ln10);
        _strong += Math.Max(0, surprise - 4 * Ln10);
    }

    /// <summary>Writes the statistics of each sum into a row of its own.</summary>
    /// <param name="sums">The sums.</param>
    /// <param name="statistics">One row a sum.</param>
    /// <param name="first">The column of the first statistic.</param>
    public static void CopyTo(ReadOnlySpan<SurpriseSum> sums, double[][] statistics, int first)
    {
        for (var i = 0; i < sums.Length; i++)
        {
            var row = statistics[i].AsSpan(first, Statistics);
            (row[0], row[1], row[2], row[3]) = (sums[i]._largest, sums[i]._weak, sums[i]._middling, sums[i]._strong);
        }
    }
}
