using Stillwatch.Statistics;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>A group with all that the tests found in it.</summary>
/// <param name="Observation">The group.</param>
/// <param name="Findings">What each test found, in the order of <see cref="EvidenceKind"/>.</param>
/// <param name="Content">Evidence that one list of work is divided among the members: the gate every campaign passes.</param>
/// <param name="Corroboration">Evidence of the sides on which the group was not found.</param>
/// <param name="Combined">All evidence against independent accounts.</param>
public sealed record ExaminedGroup(
    GroupObservation Observation,
    IReadOnlyList<EvidenceFinding> Findings,
    EValue Content,
    EValue Corroboration,
    EValue Combined);
