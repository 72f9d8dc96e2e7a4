using Stillwatch.Statistics;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>What one test found in one group.</summary>
/// <param name="Kind">Which test.</param>
/// <param name="Code">The reason code, such as shared-payment or work-partition.</param>
/// <param name="Value">Evidence against independent accounts.</param>
/// <param name="Summary">One sentence a person can act on, with the figures.</param>
public sealed record EvidenceFinding(EvidenceKind Kind, string Code, EValue Value, string Summary);
