namespace Stillwatch.Statistics;

/// <summary>What a ranking catches for what it costs: true-positive rate against false-positive rate over all thresholds.</summary>
/// <remarks>Stateless; safe from any thread.</remarks>
public static class ReceiverOperatingCharacteristic
{
    /// <summary>
    /// Lets a rate that is a whole number of negatives, such as 29 of 100, count as that number however its product was rounded.
    /// </summary>
    private const double RoundingSlack = 1e-12;

    /// <summary>
    /// The share of positives above the lowest threshold whose false-positive rate is at most the one given. Members of equal score pass a
    /// threshold together; nothing is interpolated, so the rate was reached on this very sample.
    /// </summary>
    /// <param name="scores">The score of each member; infinities are accepted.</param>
    /// <param name="positive">Whether each member is positive.</param>
    /// <param name="falsePositiveRate">The accepted share of negatives above the threshold, 0 to 1.</param>
    /// <returns>0 to 1; not a number if there is no positive or no negative.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a score is not a number.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not in [0, 1].</exception>
    public static double TruePositiveRateAt(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive, double falsePositiveRate)
    {
        Argument.ThrowIfNotProbability(falsePositiveRate);
        var ranked = RankedLabels.Of(scores, positive);
        if (ranked.Positives.IsEmpty || ranked.Positives[^1] == 0 || ranked.Negatives[^1] == 0)
        {
            return double.NaN;
        }

        var caught = 0;
        var accepted = Math.Floor(falsePositiveRate * ranked.Negatives[^1] * (1 + RoundingSlack));
        for (var i = 0; i < ranked.Positives.Length && ranked.Negatives[i] <= accepted; i++)
        {
            caught = ranked.Positives[i];
        }

        return (double)caught / ranked.Positives[^1];
    }

    /// <summary>The area under the curve: the probability that a random positive outranks a random negative, ties counting half.</summary>
    /// <remarks>Hanley and McNeil 1982; the statistic of Mann and Whitney 1947 over the number of pairs.</remarks>
    /// <param name="scores">The score of each member; infinities are accepted.</param>
    /// <param name="positive">Whether each member is positive.</param>
    /// <returns>0 to 1; not a number if there is no positive or no negative.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a score is not a number.</exception>
    public static double Area(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive)
    {
        var ranked = RankedLabels.Of(scores, positive);
        var (pairs, positives, negatives) = (0.0, 0, 0);
        for (var i = 0; i < ranked.Positives.Length; i++)
        {
            pairs += (ranked.Negatives[i] - negatives) * ((double)positives + ranked.Positives[i]) / 2;
            (positives, negatives) = (ranked.Positives[i], ranked.Negatives[i]);
        }

        return positives == 0 || negatives == 0 ? double.NaN : pairs / positives / negatives;
    }
}
