namespace Stillwatch.Gateway.Quotas;

/// <summary>How one count of a limit stands.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Scope">For whom it counts, as people read it; empty for everybody.</param>
/// <param name="Held">What open reservations hold.</param>
/// <param name="Spent">What was spent within the window.</param>
public sealed record QuotaCount(QuotaLimit Limit, string Scope, long Held, long Spent);
