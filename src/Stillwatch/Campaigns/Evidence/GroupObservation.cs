using System.Collections.Frozen;
using Stillwatch.Coordination;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>A candidate group with what was seen of its members.</summary>
/// <param name="Group">The group.</param>
/// <param name="Sample">A sample of its members with prompts, at most one a party, drawn by identity.</param>
/// <param name="Content">How interchangeable their contents are.</param>
/// <param name="Partition">How they divide what they ask.</param>
/// <param name="Seed">Seed of every draw for this group, from what is typical of it.</param>
public sealed record GroupObservation(
    CandidateGroup Group,
    IReadOnlyList<MemberObservation> Sample,
    ContentExchangeability Content,
    WorkPartition Partition,
    ulong Seed)
{
    /// <summary>Of each sampled member that could be tested by itself, whether its contents are interchangeable.</summary>
    public IReadOnlyDictionary<int, bool> Interchangeable { get; init; } = FrozenDictionary<int, bool>.Empty;
}
