using Stillwatch.Evidence.Decisions;
using Stillwatch.Evidence.TransparencyLog;

namespace Stillwatch.Gateway.Policies.Switches;

/// <summary>The transparency log as the log of switches.</summary>
/// <param name="log">The writer; it stays the caller's.</param>
public sealed class TransparencySwitchLog(LogWriter log) : ISwitchLog
{
    /// <inheritdoc/>
    /// <exception cref="LogStoppedException">The log takes nothing more; nothing changed.</exception>
    public Task AppendAsync(DecisionEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return log.AppendAsync(entry.Bytes, cancellationToken);
    }

    /// <summary>The decisions of a log, in their order; entries that are none are passed over.</summary>
    public static IEnumerable<DecisionEntry> Decisions(LogReader log)
    {
        ArgumentNullException.ThrowIfNull(log);
        foreach (var (_, bytes) in log.Entries())
        {
            if (Read(bytes) is { } entry)
            {
                yield return entry;
            }
        }
    }

    private static DecisionEntry? Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return DecisionEntry.Parse(bytes);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
