using Stillwatch.Gateway.Admission;
using Stillwatch.Gateway.Dialects;

namespace Stillwatch.Gateway.Responses;

/// <summary>What is done about one request.</summary>
/// <param name="Refusal">What the client is told; null to go on.</param>
/// <param name="Enforced">The response that is done; null for none.</param>
/// <param name="Reduction">What it loses; null for nothing.</param>
/// <param name="Shadow">What it would lose by a response in shadow; null for nothing.</param>
/// <param name="Notes">What is to be noted; null for nothing.</param>
public readonly record struct ResponseDecision(
    Refusal? Refusal, ResponseRule? Enforced, Reduction? Reduction, Reduction? Shadow, IReadOnlyList<DecisionNote>? Notes)
{
    /// <summary>Whether it waits first.</summary>
    public bool Slows => Enforced is { Step: ResponseStep.Slow };

    /// <summary>What the gateway answers by itself; null to ask the model.</summary>
    public TrapAnswer? Trap { get; init; }

    /// <summary>Whether more of it is recorded: so it is of whoever gets less in any way.</summary>
    public bool Observes => Enforced is not null;
}
