using Stillwatch.Statistics;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>Whether new members begin when old ones end: accounts that are given up or banned are replaced.</summary>
/// <remarks>
/// In the order of time, members' beginnings and endings make runs. Where an ending is followed by a beginning, a seat may have been
/// filled; where a beginning is followed by an ending, nothing of the kind can be. The two alternate, so each time to a new beginning
/// is compared with the time to a new ending next to it. If members come and go by themselves, either is the shorter with
/// probability 1/2, whatever the rhythm of day and week, the growth of the service or the event that brought all together (sign
/// test); lives of less than a gap make endings come sooner, which errs on the safe side. Only the log's inner days count:
/// at its start everybody seems to begin, at its end everybody to end.
/// </remarks>
internal static class ReplacementTest
{
    /// <summary>The fewest comparisons.</summary>
    public const int MinPairs = 5;

    private const long DayMs = 24L * 60 * 60 * 1000;
    private const double HourMs = 60 * 60 * 1000;

    /// <summary>The comparison; null if too few members begin and end within the log.</summary>
    public static ReplacementResult? Test(IReadOnlyList<(long FirstMs, long LastMs)> members, long fromMs, long toMs)
    {
        var (low, high) = (fromMs + DayMs, toMs - (2 * DayMs));
        var events = members.SelectMany(static life => new[] { (Time: life.FirstMs, Ends: false), (Time: life.LastMs, Ends: true) })
            .Where(life => life.Time > low && life.Time < high).Order().ToArray();
        var changes = Changes(events);
        var pairs = changes.Count / 2;
        if (pairs < MinPairs)
        {
            return null;
        }

        var sooner = Enumerable.Range(0, pairs).Count(pair => IsSooner(changes[2 * pair], changes[(2 * pair) + 1]));
        return new ReplacementResult(
            Median(changes.Where(static change => change.AfterEnd)),
            Median(changes.Where(static change => !change.AfterEnd)),
            sooner,
            pairs,
            BinomialTail.AtLeast(sooner, pairs, 0.5));
    }

    /// <summary>Neighbours of different kinds, with the time between them; kinds alternate.</summary>
    private static List<(bool AfterEnd, long Gap)> Changes((long Time, bool Ends)[] events)
    {
        var changes = new List<(bool AfterEnd, long Gap)>();
        for (var i = 1; i < events.Length; i++)
        {
            if (events[i].Ends != events[i - 1].Ends)
            {
                changes.Add((events[i - 1].Ends, events[i].Time - events[i - 1].Time));
            }
        }

        return changes;
    }

    private static bool IsSooner((bool AfterEnd, long Gap) first, (bool AfterEnd, long Gap) second) =>
        first.AfterEnd ? first.Gap < second.Gap : second.Gap < first.Gap;

    private static double Median(IEnumerable<(bool AfterEnd, long Gap)> changes)
    {
        var gaps = changes.Select(static change => change.Gap).Order().ToArray();
        return gaps[gaps.Length / 2] / HourMs;
    }
}
