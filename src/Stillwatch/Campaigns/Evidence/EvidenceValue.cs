using Stillwatch.Statistics;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>The e-value of one test where it enters the combination.</summary>
/// <param name="Kind">Which kind of evidence.</param>
/// <param name="Code">The reason code where the kind has tests of several codes; null where all its codes tell of this one test.</param>
/// <param name="Value">The e-value.</param>
public sealed record EvidenceValue(EvidenceKind Kind, string? Code, EValue Value)
{
    /// <summary>Whether a reason of this kind and code tells of this test.</summary>
    public bool IsToldBy(EvidenceKind kind, string code) => Kind == kind && (Code is null || Code == code);
}
