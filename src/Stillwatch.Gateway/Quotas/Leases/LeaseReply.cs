namespace Stillwatch.Gateway.Quotas.Leases;

/// <summary>The authority's answer.</summary>
/// <param name="Status">How it took the message.</param>
/// <param name="Epoch">The authority's epoch.</param>
/// <param name="Sequence">The message that is answered.</param>
/// <param name="Lent">For each slice of the message, in its order, what is lent since the lease began; empty unless renewed.</param>
/// <param name="ValidFor">How long the lease lasts from when the message was sent.</param>
public sealed record LeaseReply(LeaseReplyStatus Status, long Epoch, long Sequence, IReadOnlyList<long> Lent, TimeSpan ValidFor);
