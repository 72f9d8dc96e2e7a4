using Stillwatch.Gateway.Ownership;
using Stillwatch.Gateway.Policies.Values;

namespace Stillwatch.Gateway.Policies;

/// <summary>Policies asked about the gateway's requests. Immutable, thread-safe.</summary>
public sealed class AccessPolicy(PolicySet policies)
{
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
        var (account, organisation) = (new EntityId("Account", question.Account), new EntityId("Organisation", question.Organisation));
        var model = new EntityId("Model", question.Model);
        var nothing = PolicyValue.Record([]);
        return new(account, new("Action", question.Action), model, Context(question), new(
        [
            new(account, nothing, [organisation]),
            new(organisation, nothing, [new("Tier", question.Tier)]),
            new(model, nothing, [.. question.ModelFamilies.Select(family => new EntityId("ModelFamily", family))]),
        ]));
    }

    private static PolicyValue Context(AccessQuestion question)
    {
        List<KeyValuePair<string, PolicyValue>> context =
        [
            new("now", PolicyValue.Of(question.At)),
            new("tier", PolicyValue.Of(question.Tier)),
            new("features", PolicyValue.Set(question.Features.Select(PolicyValue.Of))),
        ];
        Add(context, "region", question.Region);
        Add(context, "country", question.Country);
        Add(context, "billingCountry", question.BillingCountry);
        Add(context, "asnClass", question.AsnClass);
        if (question.Address is { } address)
        {
            var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : new System.Net.IPAddress(address.GetAddressBytes());
            context.Add(new("ip", PolicyValue.Ip(plain.ToString())));
        }

        List<KeyValuePair<string, PolicyValue>> ownership = [];
        Add(ownership, "halfOrMore", Name(question.HalfOrMore));
        Add(ownership, "moreThanHalf", Name(question.MoreThanHalf));
        context.Add(new("ownership", PolicyValue.Record(ownership)));
        return PolicyValue.Record(context);
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
