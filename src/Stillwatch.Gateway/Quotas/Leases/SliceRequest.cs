namespace Stillwatch.Gateway.Quotas.Leases;

/// <summary>What a node says of its slice of one count. All figures are sums since the node's lease began.</summary>
/// <param name="Limit">Name of the limit.</param>
/// <param name="Scope">For whom it counts, as <see cref="QuotaStanding.Scope"/>.</param>
/// <param name="Spent">Spent of what was lent.</param>
/// <param name="Kept">What the node keeps of what was lent, the spent included; the rest is given back.</param>
/// <param name="Needed">More that waiting requests need.</param>
/// <param name="Wanted">More that the node would like to have in store, <paramref name="Needed"/> included.</param>
public sealed record SliceRequest(string Limit, string Scope, long Spent, long Kept, long Needed, long Wanted);
