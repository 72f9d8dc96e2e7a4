using Stillwatch.Gateway.Quotas.Ledger;

namespace Stillwatch.Gateway.Quotas.Leases;

/// <summary>What the authority knows of one lease. Used under the ledger's lock.</summary>
internal sealed class NodeLease
{
    /// <summary>When the node has stopped spending for certain; ledger milliseconds.</summary>
    public long End { get; set; }

    /// <summary>The latest message.</summary>
    public long Sequence { get; set; }

    /// <summary>The hold behind each slice, by the count's name.</summary>
    public Dictionary<string, LedgerHold> Slices { get; } = new(StringComparer.Ordinal);
}
