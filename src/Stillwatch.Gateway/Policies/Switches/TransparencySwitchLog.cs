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
}
