namespace Stillwatch.Statistics;

/// <summary>How a yes-or-no detector did on members whose truth is known.</summary>
/// <param name="TruePositives">Flagged, and rightly.</param>
/// <param name="FalsePositives">Flagged, and wrongly.</param>
/// <param name="FalseNegatives">Not flagged, though they should have been.</param>
/// <param name="TrueNegatives">Not flagged, and rightly.</param>
public readonly record struct ConfusionCounts(long TruePositives, long FalsePositives, long FalseNegatives, long TrueNegatives)
{
    /// <summary>The share of the flagged that is rightly flagged; not a number if nothing is flagged.</summary>
    public double Precision => Ratio(TruePositives, TruePositives + FalsePositives);

    /// <summary>The share of the positives that is flagged; not a number if there is no positive.</summary>
    public double Recall => Ratio(TruePositives, TruePositives + FalseNegatives);

    /// <summary>The share of the negatives that is flagged; not a number if there is no negative.</summary>
    public double FalsePositiveRate => Ratio(FalsePositives, FalsePositives + TrueNegatives);

    /// <summary>The harmonic mean of precision and recall; not a number if nothing is flagged and there is no positive.</summary>
    public double F1 => Ratio(2 * TruePositives, 2 * TruePositives + FalsePositives + FalseNegatives);

    /// <summary>Counts a list of decisions against the truth.</summary>
    /// <param name="flagged">Whether each member is flagged.</param>
    /// <param name="positive">Whether each member should be.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static ConfusionCounts Of(ReadOnlySpan<bool> flagged, ReadOnlySpan<bool> positive)
    {
        Argument.ThrowIfLengthsDiffer(flagged.Length, positive.Length, nameof(positive));
        Span<long> counts = stackalloc long[4];
        for (var i = 0; i < flagged.Length; i++)
        {
            counts[(flagged[i] ? 0 : 2) + (flagged[i] == positive[i] ? 0 : 1)]++;
        }

        return new(counts[0], counts[1], counts[3], counts[2]);
    }

    private static double Ratio(long part, long whole) => whole == 0 ? double.NaN : (double)part / whole;
}
