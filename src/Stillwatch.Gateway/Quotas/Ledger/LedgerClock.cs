namespace Stillwatch.Gateway.Quotas.Ledger;

/// <summary>The ledger's time: milliseconds since 1970 that never run backwards and never jump.</summary>
/// <remarks>
/// The wall clock is read once, at the start; from there time is counted by the monotonic clock, so that setting the wall clock
/// neither frees a window nor closes one. Not thread-safe: read under the ledger's lock.
/// </remarks>
internal sealed class LedgerClock
{
    private readonly TimeProvider _time;
    private readonly long _startTimestamp;
    private long _latest;

    private LedgerClock(TimeProvider time, long start)
    {
        _time = time;
        _startTimestamp = time.GetTimestamp();
        Start = start;
        _latest = start;
    }

    /// <summary>Ledger time when this clock was made.</summary>
    public long Start { get; }

    /// <summary>The monotonic clock at that moment, and its ticks a second.</summary>
    public (long Timestamp, long Frequency) Anchor => (_startTimestamp, _time.TimestampFrequency);

    /// <summary>Milliseconds since 1970.</summary>
    public long Now => _latest = Math.Max(_latest, Start + (long)_time.GetElapsedTime(_startTimestamp).TotalMilliseconds);

    /// <summary>A clock for a ledger with no past.</summary>
    public static LedgerClock Begin(TimeProvider time) => new(time, time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Goes on after a restart.</summary>
    /// <param name="time">The machine's clocks.</param>
    /// <param name="before">The clock of the process before, if its journal says.</param>
    /// <param name="boot">This start of the machine.</param>
    /// <remarks>
    /// Within one boot the monotonic clock says how long the ledger was away, whatever the wall clock says. After a reboot only the
    /// wall clock can; if it lies before the journal's last entry, no time has passed.
    /// </remarks>
    public static LedgerClock Resume(TimeProvider time, JournalAnchor before, Guid boot)
    {
        var timestamp = time.GetTimestamp();
        var isSameBoot = before.Boot == boot && before.Frequency == time.TimestampFrequency && timestamp >= before.Timestamp;
        var now = isSameBoot
            ? before.Start + (long)time.GetElapsedTime(before.Timestamp, timestamp).TotalMilliseconds
            : time.GetUtcNow().ToUnixTimeMilliseconds();
        return new(time, Math.Max(now, before.Latest));
    }
}
