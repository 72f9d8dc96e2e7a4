namespace Stillwatch.Benchmarks.Detection.Sybil;

/// <summary>How much of the ledger a detector sees.</summary>
internal enum SybilView
{
    /// <summary>All transfers.</summary>
    All,

    /// <summary>Without transfers from or to hubs: the graph by whose components the authors labelled.</summary>
    WithoutHubs,

    /// <summary>
    /// Besides without transfers between listed accounts, by which operators fund theirs: only outside addresses that are no hubs.
    /// </summary>
    WithoutFunding,

    /// <summary>Transfers from and to hubs only: nothing that the authors' rule looked at.</summary>
    HubsOnly,
}
