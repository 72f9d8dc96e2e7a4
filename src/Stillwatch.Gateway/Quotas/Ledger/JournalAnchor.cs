namespace Stillwatch.Gateway.Quotas.Ledger;

/// <summary>How the clock of an earlier process ran, as its journal says.</summary>
/// <param name="Start">Ledger time when it began.</param>
/// <param name="Timestamp">The monotonic clock then.</param>
/// <param name="Frequency">Ticks of the monotonic clock a second.</param>
/// <param name="Boot">The machine's start that the monotonic clock counts from.</param>
/// <param name="Latest">Ledger time of the latest record.</param>
internal readonly record struct JournalAnchor(long Start, long Timestamp, long Frequency, Guid Boot, long Latest);
