namespace Stillwatch.Benchmarks.Detection.Windows.Contamination;

/// <summary>The largest of some surprises, and by how much they exceed ln 10, ln 100 and ln 10,000 in sum.</summary>
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

    public void Add(double surprise)
    {
        _largest = Math.Max(_largest, surprise);
        _weak += Math.Max(0, surprise - Ln10);
        _middling += Math.Max(0, surprise - 2 * Ln10);
        _strong += Math.Max(0, surprise - 4 * Ln10);
    }

    public readonly void CopyTo(Span<double> statistics) =>
        (statistics[0], statistics[1], statistics[2], statistics[3]) = (_largest, _weak, _middling, _strong);
}
