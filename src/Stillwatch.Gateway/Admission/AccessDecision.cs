using Stillwatch.Gateway.Dialects;

namespace Stillwatch.Gateway.Admission;

/// <summary>Whether a request may be made.</summary>
/// <param name="Refusal">What the client is told; null to let it through.</param>
/// <param name="Notes">What is to be noted of the decision; null for nothing, which is what almost every request gives.</param>
public readonly record struct AccessDecision(Refusal? Refusal, IReadOnlyList<DecisionNote>? Notes)
{
    /// <summary>Let through, with nothing to note.</summary>
    public static AccessDecision Allowed => default;
}
