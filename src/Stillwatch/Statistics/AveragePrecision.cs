namespace Stillwatch.Statistics;

/// <summary>One number for a whole ranking: the precision at each rank where recall grows, weighted by the growth.</summary>
/// <remarks>
/// The sum form without interpolation; members of equal score enter together, so that their order cannot matter. Its value for a random
/// ranking is about the share of positives. Stateless; safe from any thread.
/// </remarks>
public static class AveragePrecision
{
    /// <summary>The average precision of a ranking by falling score.</summary>
    /// <param name="scores">The score of each member; infinities are accepted.</param>
    /// <param name="positive">Whether each member is positive.</param>
    /// <returns>0 to 1; not a number if there is no positive.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a score is not a number.</exception>
    public static double Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive)
    {
        var ranked = RankedLabels.Of(scores, positive);
        var (sum, before) = (0.0, 0);
        for (var i = 0; i < ranked.Positives.Length; i++)
        {
            var found = ranked.Positives[i];
            sum += (found - before) * ((double)found / (found + ranked.Negatives[i]));
            before = found;
        }

        return before == 0 ? double.NaN : sum / before;
    }
}
