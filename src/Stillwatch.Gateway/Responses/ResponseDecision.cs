using Stillwatch.Gateway.Admission;
using Stillwatch.Gateway.Dialects;

namespace Stillwatch.Gateway.Responses;

/// <summary>What is done about one request.</summary>
/// <param name="Refusal">What the client is told; null to go on.</param>
/// <param name="Slows">Whether it waits first.</param>
/// <param name="Reduces">Whether probabilities are taken out of it.</param>
/// <param name="Notes">What is to be noted; null for nothing.</param>
public readonly record struct ResponseDecision(Refusal? Refusal, bool Slows, bool Reduces, IReadOnlyList<DecisionNote>? Notes)
{
    /// <summary>Whether its probabilities are perturbed.</summary>
    public bool Perturbs { get; init; }
}
