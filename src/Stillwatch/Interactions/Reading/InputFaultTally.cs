using System.Collections.Immutable;

namespace Stillwatch.Interactions.Reading;

/// <summary>How many faults of one kind there were, and the first of them.</summary>
/// <param name="Total">All of them.</param>
/// <param name="ByReason">All of them by reason; reasons that did not occur are absent.</param>
/// <param name="First">The first <see cref="InputFaults.Kept"/> in the order of the input, whatever thread met them.</param>
public sealed record InputFaultTally(
    long Total, ImmutableSortedDictionary<InputFaultReason, long> ByReason, ImmutableArray<InputFault> First);
