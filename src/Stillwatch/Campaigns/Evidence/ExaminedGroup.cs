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
    EValue Combined)
{
    /// <summary>How the evidence is made up; <see cref="CombinedEvidence.None"/> where that is not known.</summary>
    public CombinedEvidence Evidence { get; private init; } = CombinedEvidence.None;

    /// <summary>
    /// The most that <see cref="Content"/> could be for a group of which as much was seen; infinite where that is not known. It depends
    /// on the numbers of members and prompts alone.
    /// </summary>
    public EValue Attainable { get; init; } = EValue.FromLog10(double.PositiveInfinity);

    /// <summary>A group with the evidence that its tests amount to.</summary>
    /// <param name="observation">The group.</param>
    /// <param name="findings">What each test found.</param>
    /// <param name="evidence">How it is made up.</param>
    public static ExaminedGroup Of(GroupObservation observation, IReadOnlyList<EvidenceFinding> findings, CombinedEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        return new(observation, findings, evidence.Content, evidence.Corroboration, evidence.Combined) { Evidence = evidence };
    }

    /// <summary>The group as it would be had the tests that a reason tells of said nothing.</summary>
    /// <param name="kind">The reason's kind of evidence.</param>
    /// <param name="code">Its code.</param>
    public ExaminedGroup Without(EvidenceKind kind, string code) =>
        Of(Observation, Findings, Evidence.Without(kind, code)) with { Attainable = Attainable };
}
