namespace Stillwatch.Statistics;

/// <summary>
/// Scores of a calibration sample, and the p-values of new scores against it: how often the sample is at least as extreme as the new score.
/// High scores are the extreme ones.
/// </summary>
/// <remarks>
/// Vovk, Gammerman and Shafer, "Algorithmic Learning in a Random World", 2005; Papadopoulos et al. 2002 for the split. The p-value is valid
/// in finite samples, whatever the distribution, when the new score and the calibration scores are exchangeable; the scoring itself must
/// not have been fitted on the calibration sample. Memory: one number per score. Lookup: logarithmic. Immutable; safe from any thread.
/// </remarks>
public sealed class SplitConformalCalibration
{
    /// <summary>
    /// Lets a level that is a whole number of ranks, such as 3/20 of 19 scores, count as that number however it was rounded.
    /// </summary>
    private const double RoundingSlack = 1e-12;

    private readonly double[] _ascending;

    /// <param name="scores">The calibration sample in any order; may be empty, then every p-value is 1. Infinities are accepted.</param>
    /// <exception cref="ArgumentException">A score is not a number.</exception>
    public SplitConformalCalibration(ReadOnlySpan<double> scores)
    {
        _ascending = scores.ToArray();
        Array.Sort(_ascending);
        if (_ascending.Length > 0 && double.IsNaN(_ascending[0]))
        {
            throw new ArgumentException("A calibration score is not a number; drop such scores before calibrating.", nameof(scores));
        }
    }

    /// <summary>Number of calibration scores; no p-value is below one over this plus one.</summary>
    public int Count => _ascending.Length;

    /// <summary>(1 + number of calibration scores of at least this) / (1 + number of calibration scores).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The score is not a number.</exception>
    public PValue PValueOf(double score)
    {
        var atLeast = Count - CountBelow(score);
        return PValue.FromProbability((1.0 + atLeast) / (1.0 + Count));
    }

    /// <summary>
    /// The p-value with ties broken at random: (number above + u (1 + number equal)) / (1 + number). Under exchangeability it is exactly
    /// uniform.
    /// </summary>
    /// <param name="score">The new score.</param>
    /// <param name="uniform">A number drawn uniformly from [0, 1), independently of everything else.</param>
    /// <exception cref="ArgumentOutOfRangeException">The score is not a number, or the uniform number is not in [0, 1].</exception>
    public PValue SmoothedPValueOf(double score, double uniform)
    {
        Argument.ThrowIfNotProbability(uniform);
        var below = CountBelow(score);
        var equal = CountAtMost(score) - below;
        return PValue.FromProbability((Count - below - equal + uniform * (1.0 + equal)) / (1.0 + Count));
    }

    /// <summary>
    /// The smallest score whose p-value is at most the level; positive infinity if the sample is too small for the level.
    /// </summary>
    /// <param name="level">The accepted probability of a false alarm, above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is out of range.</exception>
    public double ThresholdAt(double level)
    {
        Argument.ThrowIfNotInsideUnitInterval(level);
        var allowed = (int)Math.Floor(level * (1.0 + Count) * (1 + RoundingSlack)) - 1;
        return allowed < 0 ? double.PositiveInfinity : AboveRank(allowed);
    }

    private int CountAtMost(double score) => double.IsPositiveInfinity(score) ? Count : CountBelow(Math.BitIncrement(score));

    /// <summary>The smallest score with at most so many calibration scores of at least it.</summary>
    private double AboveRank(int allowed) =>
        allowed >= Count ? double.NegativeInfinity : Math.BitIncrement(_ascending[Count - 1 - allowed]);

    private int CountBelow(double score)
    {
        if (double.IsNaN(score))
        {
            throw new ArgumentOutOfRangeException(nameof(score), score, "A score is needed, finite or infinite.");
        }

        var (low, high) = (0, _ascending.Length);
        while (low < high)
        {
            var middle = (int)(((uint)low + (uint)high) / 2);
            (low, high) = _ascending[middle] < score ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
