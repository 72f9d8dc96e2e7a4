using Stillwatch.Gateway.Admission;
using Stillwatch.Interactions;

namespace Stillwatch.Gateway.Observation;

/// <summary>What became of an admitted request.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Status">The HTTP status that the client got; 499 where it went away before there was one.</param>
/// <param name="Usage">Tokens.</param>
/// <param name="UsageSource">Who counted them.</param>
/// <param name="FinishReason">Why the model stopped, in its own words; null where that is not known.</param>
/// <param name="LatencyMs">From the request's arrival to the end of the reply.</param>
/// <param name="FirstByteMs">From the request's arrival to the first byte of the reply's body; null where there was none.</param>
public readonly record struct ReplySummary(
    ExchangeOutcome Outcome,
    int Status,
    TokenUsage Usage,
    UsageSource UsageSource,
    string? FinishReason,
    double LatencyMs,
    double? FirstByteMs)
{
    /// <summary>The tier that counted for it; null where nothing is noted of it.</summary>
    public string? Tier { get; init; }

    /// <summary>What was decided about it beyond letting it through; null for nothing.</summary>
    public IReadOnlyList<DecisionNote>? Notes { get; init; }
}
