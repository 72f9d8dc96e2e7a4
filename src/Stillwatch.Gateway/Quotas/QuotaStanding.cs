namespace Stillwatch.Gateway.Quotas;

/// <summary>How a count stands at one moment.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Scope">For whom it counts, as people read it.</param>
/// <param name="Remaining">What may still be reserved, 0 or more.</param>
/// <param name="ResetAfter">Until all that is spent has left the window; zero if nothing is spent, null if it never leaves.</param>
public sealed record QuotaStanding(QuotaLimit Limit, string Scope, long Remaining, TimeSpan? ResetAfter);
