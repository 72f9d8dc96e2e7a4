using Stillwatch.Evidence.Decisions;
using Stillwatch.Evidence.TransparencyLog;

namespace Stillwatch.Gateway.Decisions;

/// <summary>The decisions in a transparency log.</summary>
public static class DecisionEntries
{
    /// <summary>The decisions of a log in their order; entries that are none are passed over.</summary>
    /// <param name="log">The log.</param>
    /// <param name="from">The first entry that is looked at.</param>
    /// <exception cref="InvalidDataException">The log is damaged.</exception>
    public static IEnumerable<DecisionEntry> Of(LogReader log, ulong from = 0)
    {
        ArgumentNullException.ThrowIfNull(log);
        foreach (var (_, bytes) in log.Entries(from))
        {
            if (DecisionEntry.TryParse(bytes) is { } entry)
            {
                yield return entry;
            }
        }
    }
}
