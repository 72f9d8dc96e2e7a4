namespace Stillwatch.Gateway.Quotas.Ledger;

/// <summary>How the ledger keeps its journal.</summary>
public sealed record JournalOptions
{
    /// <summary>
    /// Bytes of one file of the journal; from <see cref="MinSegmentBytes"/> to 1 GiB, 16 MiB unless said. Two exist at a time.
    /// Larger files are folded less often and take longer to read at a start.
    /// </summary>
    public int SegmentBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The smallest segment: room for a few of the longest records.</summary>
    public const int MinSegmentBytes = 64 * 1024;

    /// <summary>
    /// How often the journal is brought to the disk; 50 ms unless said. A killed process loses nothing; a loss of power may forget what
    /// was reserved in this time.
    /// </summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromMilliseconds(50);
}
