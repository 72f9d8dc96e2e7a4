namespace Stillwatch.Gateway.Quotas.Ledger;

/// <summary>How a ledger keeps reservations.</summary>
public sealed record QuotaLedgerOptions
{
    /// <summary>
    /// After how long a reservation that nothing is heard of is charged in full and ended; an hour unless said, at least a second. It
    /// bounds a defect that forgets to settle, not the length of a stream: whoever spends is heard of.
    /// </summary>
    public TimeSpan HoldTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>What a client is told to wait while the ledger cannot record; a second unless said.</summary>
    public TimeSpan UnavailableRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How the journal is kept.</summary>
    public JournalOptions Journal { get; init; } = new();

    /// <summary>How a count is found or made: with the limit's own cap, or empty until an authority lends.</summary>
    internal Func<LedgerCore, QuotaLimit, string, LedgerCell?> CellOf { get; init; } = OwnCell;

    /// <summary>Whether reservations may be spent at present; null means always.</summary>
    internal Func<bool>? MaySpend { get; init; }

    private static LedgerCell? OwnCell(LedgerCore core, QuotaLimit limit, string scope)
    {
        var cell = core.CellOf(limit.CountName(scope), limit.Measure, (long)(limit.Window ?? TimeSpan.Zero).TotalMilliseconds);
        cell?.Cap = limit.Cap;
        return cell;
    }
}
