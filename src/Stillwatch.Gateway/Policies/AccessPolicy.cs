using Stillwatch.Gateway.Ownership;
using Stillwatch.Gateway.Policies.Values;

namespace Stillwatch.Gateway.Policies;

/// <summary>Policies asked about the gateway's requests. Immutable, thread-safe.</summary>
public sealed class AccessPolicy(PolicySet policies)
{
    private static readonly PolicyValue Nothing = PolicyValue.Record([]);
    private static readonly PolicyValue NoFeatures = PolicyValue.Set([]);

    /// <summary>The policies.</summary>
    public PolicySet Policies { get; } = policies ?? throw new ArgumentNullException(nameof(policies));

    /// <summary>Decides.</summary>
    public PolicyDecision Decide(AccessQuestion question) => Policies.Decide(RequestOf(question));

    /// <summary>What a client may be told of a denial: the <c>@message</c> of the policy that decided, if it has one.</summary>
    public string? MessageOf(PolicyDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return decision.IsAllowed
            ? null
            : Policies.Policies.Where(policy => decision.Reasons.Contains(policy.Id))
                .Select(policy => policy.Annotations.GetValueOrDefault("message")).FirstOrDefault(message => message is not null);
    }

    /// <summary>The question in the terms of policies.</summary>
    public static PolicyRequest RequestOf(AccessQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return RequestOf(question, EntitiesOf(question));
    }

    /// <summary>The question in the terms of policies.</summary>
    /// <param name="question">It.</param>
    /// <param name="entities">What <see cref="EntitiesOf"/> made of this question, or of one about the same parties.</param>
    internal static PolicyRequest RequestOf(AccessQuestion question, PolicyEntities entities) => new(
        AccountOf(question), new("Action", question.Action), ModelOf(question), Context(question), entities);

    /// <summary>Who is in what, as a question has it: the same for all questions about the same account, tier and model.</summary>
    internal static PolicyEntities EntitiesOf(AccessQuestion question)
    {
        var organisation = new EntityId("Organisation", question.Organisation);
        return new(
        [
            new(AccountOf(question), Nothing, [organisation]),
            new(organisation, Nothing, [new("Tier", question.Tier)]),
            new(ModelOf(question), Nothing, [.. question.ModelFamilies.Select(family => new EntityId("ModelFamily", family))]),
        ]);
    }

    private static EntityId AccountOf(AccessQuestion question) => new("Account", question.Account);

    private static EntityId ModelOf(AccessQuestion question) => new("Model", question.Model);

    private static PolicyValue Context(AccessQuestion question)
    {
        List<KeyValuePair<string, PolicyValue>> context =
        [
            new("now", PolicyValue.Of(question.At)),
            new("tier", PolicyValue.Of(question.Tier)),
            new("features", question.Features.Count == 0 ? NoFeatures : PolicyValue.Set(question.Features.Select(PolicyValue.Of))),
        ];
        Add(context, "region", question.Region);
        Add(context, "country", question.Country);
        Add(context, "billingCountry", question.BillingCountry);
        Add(context, "asnClass", question.AsnClass);
        if (question.Address is { } address)
        {
            context.Add(new("ip", PolicyValue.Ip(address)));
        }

        context.Add(new("ownership", Ownership(question)));
        return PolicyValue.Record(context);
    }

    private static PolicyValue Ownership(AccessQuestion question)
    {
        if (question is { HalfOrMore: null, MoreThanHalf: null })
        {
            return Nothing;
        }

        List<KeyValuePair<string, PolicyValue>> ownership = [];
        Add(ownership, "halfOrMore", Name(question.HalfOrMore));
        Add(ownership, "moreThanHalf", Name(question.MoreThanHalf));
        return PolicyValue.Record(ownership);
    }

    private static void Add(List<KeyValuePair<string, PolicyValue>> members, string name, string? value)
    {
        if (value is not null)
        {
            members.Add(new(name, PolicyValue.Of(value)));
        }
    }

    private static string? Name(OwnershipVerdict? verdict) => verdict switch
    {
        OwnershipVerdict.Marked => "marked",
        OwnershipVerdict.Unresolved => "unresolved",
        OwnershipVerdict.Clear => "clear",
        _ => null,
    };
}
