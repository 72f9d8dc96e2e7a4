using Stillwatch.Campaigns;
using Stillwatch.Campaigns.Reasons;

namespace Stillwatch.Reporting;

/// <summary>A reason with what its code means and what would stand without it.</summary>
/// <param name="Reason">The reason as the findings have it.</param>
/// <param name="Definition">The catalogue's entry; null for a code that this version does not know.</param>
/// <param name="Counterfactual">What would stand without it, in sentences.</param>
public sealed record ExplainedReason(Reason Reason, ReasonDefinition? Definition, string Counterfactual)
{
    /// <summary>The code in words, safe to show.</summary>
    public string Title => Definition?.Title ?? Wording.Title(Reason.Code);
}
