namespace Stillwatch.Benchmarks.Detection.Windows.Contamination;

/// <summary>The largest of some surprises, and how far they exceed ln 100 in sum.</summary>
internal struct SurpriseSum
{
    /// <summary>-ln of the p-value from which on a surprise counts.</summary>
    private const double Threshold = 4.605170185988092;

    private double _largest;
    private double _excess;

    public void Add(double surprise)
    {
        _largest = Math.Max(_largest, surprise);
        _excess += Math.Max(0, surprise - Threshold);
    }

    public readonly void CopyTo(Span<double> statistics) => (statistics[0], statistics[1]) = (_largest, _excess);
}
