using Stillwatch.Statistics;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>Whether new members begin when old ones end: accounts that are given up or banned are replaced.</summary>
/// <remarks>
/// Only ends well before the log's and beginnings well after its start count. The statistic is the number of endings that can
/// each be given a beginning of its own within a day after; the null shifts all endings by one random offset around the span,
/// which keeps the rhythm of both and breaks their tie (randomization p-value).
/// </remarks>
internal static class ReplacementTest
{
    private const long DayMs = 24L * 60 * 60 * 1000;
    private const int Draws = 499;
    private const int MinEvents = 5;

    /// <summary>
    /// Replacements, endings and the probability of so many replacements; null if too few members begin or end within the log.
    /// </summary>
    public static (int Replaced, int Ended, PValue Chance)? Test(
        IReadOnlyList<(long FirstMs, long LastMs)> members, long fromMs, long toMs, ulong seed)
    {
        var begun = members.Select(member => member.FirstMs).Where(time => time > fromMs + DayMs).Order().ToArray();
        var ended = members.Select(member => member.LastMs).Where(time => time < toMs - (2 * DayMs)).Order().ToArray();
        var span = toMs - fromMs;
        if (begun.Length < MinEvents || ended.Length < MinEvents || span < 6 * DayMs)
        {
            return null;
        }

        var observed = Match(ended, begun);
        var generator = new SeededGenerator(seed);
        var atLeast = 1;
        for (var draw = 0; draw < Draws; draw++)
        {
            var offset = (long)(generator.NextDouble() * span);
            var shifted = ended.Select(time => fromMs + ((time - fromMs + offset) % span)).Order().ToArray();
            atLeast += Match(shifted, begun) >= observed ? 1 : 0;
        }

        return (observed, ended.Length, PValue.FromProbability((double)atLeast / (Draws + 1)));
    }

    /// <summary>Greedy matching of each ending with the next free beginning within a day.</summary>
    private static int Match(long[] ended, long[] begun)
    {
        var (next, matched) = (0, 0);
        foreach (var end in ended)
        {
            while (next < begun.Length && begun[next] < end)
            {
                next++;
            }

            if (next < begun.Length && begun[next] - end <= DayMs)
            {
                matched++;
                next++;
            }
        }

        return matched;
    }
}
