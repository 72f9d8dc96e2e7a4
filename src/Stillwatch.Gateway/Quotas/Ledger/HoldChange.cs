namespace Stillwatch.Gateway.Quotas.Ledger;

/// <summary>What a hold is to have of one of its counts.</summary>
/// <param name="Held">Held from now on.</param>
/// <param name="Spent">Spent since the reservation, in all.</param>
internal readonly record struct HoldChange(long Held, long Spent);
