namespace Stillwatch.Gateway.Quotas;

/// <summary>A reservation that was not granted; nothing was counted.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Limit">The limit that stood in the way longest; null if none did.</param>
/// <param name="Scope">For whom it counts, as people read it.</param>
/// <param name="Used">What is spent within its window and reserved.</param>
/// <param name="Requested">What the request needs of it.</param>
/// <param name="RetryAfter">When the same request may fit, at the earliest; null if waiting does not help.</param>
public sealed record QuotaDenial(
    QuotaDenialReason Reason, QuotaLimit? Limit, string Scope, long Used, long Requested, TimeSpan? RetryAfter);
