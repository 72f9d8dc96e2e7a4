namespace Stillwatch.Gateway.Quotas.Leases;

/// <summary>A node's message to the authority.</summary>
/// <param name="Node">Name of the node.</param>
/// <param name="Incarnation">Grows with each lease of that name: what an earlier one had is no longer the node's.</param>
/// <param name="Epoch">The authority's epoch as the node knows it; 0 before the first reply.</param>
/// <param name="Sequence">Grows with each message of a lease.</param>
/// <param name="Slices">Every slice that the node has or wants.</param>
public sealed record LeaseRequest(string Node, long Incarnation, long Epoch, long Sequence, IReadOnlyList<SliceRequest> Slices);
