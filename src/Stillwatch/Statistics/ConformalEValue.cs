namespace Stillwatch.Statistics;

/// <summary>
/// The e-value of a new score against a calibration sample: its size in proportion to the average of the sample and itself. Large where the
/// score is many times what is usual, not only where it ranks high.
/// </summary>
/// <remarks>
/// Vovk, "Conformal e-prediction", arXiv 2001.05989: (n + 1) s / (s + sum of the n calibration scores), whose expectation is 1 if the
/// scores are exchangeable; never above n + 1. Several new scores against one sample are dependent: combine them by the mean or by e-BH.
/// Memory: constant. Immutable; safe from any thread.
/// </remarks>
public sealed class ConformalEValue
{
    private readonly double _sum;

    /// <param name="scores">The calibration sample: each score finite and at least 0; may be empty, then every e-value is 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A score is negative or not finite.</exception>
    public ConformalEValue(ReadOnlySpan<double> scores)
    {
        foreach (var score in scores)
        {
            Argument.ThrowIfNotNonNegative(score, nameof(scores));
            _sum += score;
        }

        Argument.ThrowIfNotFinite(_sum, nameof(scores));
        Count = scores.Length;
    }

    /// <summary>Number of calibration scores.</summary>
    public int Count { get; }

    /// <summary>The e-value of a new score; 1 if it and the whole sample are 0.</summary>
    /// <param name="score">Finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The score is negative or not finite.</exception>
    public EValue Of(double score)
    {
        Argument.ThrowIfNotNonNegative(score);
        var total = _sum / 2 + score / 2;
        return total == 0 ? EValue.One : EValue.FromValue((Count + 1.0) * (score / 2 / total));
    }
}
