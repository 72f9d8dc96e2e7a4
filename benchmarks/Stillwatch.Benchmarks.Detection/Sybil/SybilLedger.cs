namespace Stillwatch.Benchmarks.Detection.Sybil;

/// <summary>The accounts of the Hop airdrop of 2022, the transfers around them, and which addresses its authors left out as hubs.</summary>
/// <param name="Accounts">The accounts, by number.</param>
/// <param name="Transfers">The transfers.</param>
/// <param name="Hubs">Contracts, exchanges and the like, by number.</param>
internal sealed record SybilLedger(
    IReadOnlyList<SybilAccount> Accounts, IReadOnlyList<SybilTransfer> Transfers, IReadOnlySet<int> Hubs)
{
    /// <summary>Whether a number is that of a listed account.</summary>
    public bool IsAccount(int number) => number < Accounts.Count;

    /// <summary>Accounts and outside addresses.</summary>
    public int AddressCount { get; } = 1 + Transfers.Select(static transfer => Math.Max(transfer.From, transfer.To))
        .Append(Accounts.Count - 1).Max();
}
