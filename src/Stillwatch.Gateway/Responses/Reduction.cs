using Stillwatch.Gateway.Admission;
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

    /// <summary>What is changed about the reply; null to leave it as it is.</summary>
    internal ReplyEdits? Reply { get; init; }

    /// <summary>Whether it is known beforehand that something changes; reasoning may come or not.</summary>
    internal bool IsCertain => Body is not null || Reply is { IsNoisy: true };

    /// <summary>What a rule takes of a request.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="request">The request.</param>
    /// <param name="body">Its body; empty where it is not read.</param>
    /// <param name="options">What goes.</param>
    /// <param name="noise">What probabilities are perturbed with; without it they go, as those of what is not understood whole.</param>
    internal static Reduction Of(
        ResponseRule rule, AdmittedRequest request, ReadOnlySpan<byte> body, ReduceOptions options, LogprobNoise? noise)
    {
        var (endpoint, facts) = (request.Endpoint, request.Facts);
        ReplyPerturbation? perturbation = null;
        if (rule.Step is ResponseStep.Perturb)
        {
            options = options with { Probabilities = true };
            perturbation = noise is not null && RequestReduction.AsksForProbabilities(facts)
                && PerturbedRequest.TryRead(endpoint, body, noise) is { } context ? new(noise, context) : null;
        }

        return new(rule, RequestReduction.Capped(facts, options))
        {
            Body = RequestReduction.Apply(body, endpoint, facts, options, isNoisy: perturbation is not null),
            Reply = ReplyEdits.Of(ReasoningRemoval.For(endpoint, options.Reasoning, request.Route?.OpensReasoning == true), perturbation),
        };
    }
}
