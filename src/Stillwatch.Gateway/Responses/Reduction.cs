using Stillwatch.Gateway.Dialects;

namespace Stillwatch.Gateway.Responses;

/// <summary>What one reduced request loses, and its reply.</summary>
/// <param name="rule">The response that says so.</param>
/// <param name="facts">What is asked for then.</param>
public sealed class Reduction(ResponseRule rule, RequestFacts facts)
{
    /// <summary>The response that says so.</summary>
    public ResponseRule Rule => rule;

    /// <summary>What is asked for then; where things stand in the body is not said of the body that is sent.</summary>
    public RequestFacts Facts => facts;

    /// <summary>The body that is sent instead; null to send the client's.</summary>
    internal byte[]? Body { get; init; }

    /// <summary>What takes reasoning out of the reply; null to leave it as it is.</summary>
    internal ReasoningRemoval? Reply { get; init; }

    /// <summary>What a rule takes of a request.</summary>
    internal static Reduction Of(
        ResponseRule rule, ApiEndpoint endpoint, RequestFacts facts, ReadOnlySpan<byte> body, ReduceOptions options) =>
        new(rule, RequestReduction.Capped(facts, options))
        {
            Body = RequestReduction.Apply(body, endpoint, facts, options),
            Reply = ReasoningRemoval.For(endpoint, options.Reasoning),
        };
}
