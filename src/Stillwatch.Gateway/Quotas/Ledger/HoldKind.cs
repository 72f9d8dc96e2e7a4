namespace Stillwatch.Gateway.Quotas.Ledger;

/// <summary>Who holds, which says what becomes of the hold when the process dies.</summary>
internal enum HoldKind
{
    /// <summary>A request of this process: dies with it, and is charged in full when the ledger is opened again.</summary>
    Request = 0,

    /// <summary>A node that has borrowed: lives on until its lease ends.</summary>
    Lease = 1,
}
