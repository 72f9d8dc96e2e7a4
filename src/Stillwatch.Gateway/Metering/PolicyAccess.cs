using System.Collections.Concurrent;
using Stillwatch.Gateway.Admission;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Policies;

namespace Stillwatch.Gateway.Metering;

/// <summary>Asks the access policies about each request, and those of a dry run beside them.</summary>
/// <param name="inForce">What decides; null lets everything through.</param>
/// <param name="dryRun">What is asked and only noted, where it would decide otherwise; null for nothing.</param>
public sealed class PolicyAccess(AccessPolicy? inForce, AccessPolicy? dryRun) : IAccessPolicy
{
    private const string By = "policy";

    /// <summary>Clients name models, so what is remembered is bounded.</summary>
    private const int MaxRemembered = 4096;

    private readonly ConcurrentDictionary<Parties, PolicyEntities> _remembered = new();

    /// <inheritdoc/>
    public AccessDecision Decide(AdmittedRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var question = QuestionOf(request);
        var asked = AccessPolicy.RequestOf(question, EntitiesOf(question));
        var decision = inForce?.Policies.Decide(asked);
        var isAllowed = decision?.IsAllowed ?? true;
        var notes = Noted(null, decision, isAllowed ? null : "deny");
        if (dryRun?.Policies.Decide(asked) is { } other)
        {
            var would = other.IsAllowed ? "would_allow" : "would_deny";
            notes = Noted(notes, other, other.IsAllowed == isAllowed ? null : would);
        }

        return isAllowed
            ? new(null, notes)
            : new(new(RefusalReason.PolicyDenied, inForce!.MessageOf(decision!) ?? "This is not allowed for your account."), notes);
    }

    /// <summary>The request as policies see it.</summary>
    public static AccessQuestion QuestionOf(AdmittedRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (key, facts, organisation) = (request.Key, request.Facts, request.Organisation);
        return new(
            key.Account, key.Organization ?? "", request.Tier, EndpointTable.NameOf(request.Endpoint), facts.Model, request.ArrivedAt)
        {
            ModelFamilies = request.Route?.Families ?? [],
            Features = FeaturesOf(facts),
            Region = request.Region.Length > 0 ? request.Region : null,
            Country = request.Client.Country,
            AsnClass = request.NetworkClass,
            BillingCountry = organisation?.Party.BillingCountry,
            Address = request.Client.Address?.ToIPAddress(),
            HalfOrMore = organisation?.HalfOrMore?.Verdict,
            MoreThanHalf = organisation?.MoreThanHalf?.Verdict,
        };
    }

    private PolicyEntities EntitiesOf(AccessQuestion question)
    {
        var parties = new Parties(question.Account, question.Organisation, question.Tier, question.Model, question.ModelFamilies);
        if (_remembered.TryGetValue(parties, out var entities))
        {
            return entities;
        }

        if (_remembered.Count >= MaxRemembered)
        {
            _remembered.Clear();
        }

        return _remembered[parties] = AccessPolicy.EntitiesOf(question);
    }

    private static List<string> FeaturesOf(RequestFacts facts)
    {
        List<string> features = [];
        if (facts.Logprobs == true || facts.TopLogprobs > 0 || facts.IncludesLogprobs)
        {
            features.Add("logprobs");
        }

        if (facts.LogitBias > 0)
        {
            features.Add("logit-bias");
        }

        if (facts.Stream)
        {
            features.Add("stream");
        }

        if (facts.Reasoning)
        {
            features.Add("reasoning");
        }

        return features;
    }

    /// <summary>Adds what is to be noted of a decision: that it denies, and which policies did not count.</summary>
    private static List<DecisionNote>? Noted(List<DecisionNote>? notes, PolicyDecision? decision, string? effect)
    {
        if (effect is not null)
        {
            (notes ??= []).Add(new(By, effect, decision!.Reasons));
        }

        if (decision is { Errors.Count: > 0 })
        {
            (notes ??= []).Add(new(By, "not_counted", [.. decision.Errors.Select(static error => error.Policy)]));
        }

        return notes;
    }

    /// <summary>Of whom and what a question is. A route's families are one list for as long as it is in force.</summary>
    private readonly record struct Parties(
        string Account, string Organisation, string Tier, string Model, IReadOnlyList<string> Families);
}
