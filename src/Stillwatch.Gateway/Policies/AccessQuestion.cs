using Stillwatch.Gateway.Ownership;

namespace Stillwatch.Gateway.Policies;

/// <summary>
/// What the gateway asks its policies about a request. What is not known stays null and is absent from the policies' context.
/// </summary>
/// <param name="Account">Who asks; the principal <c>Account::"…"</c>.</param>
/// <param name="Organisation">Of which organisation; the account is in <c>Organisation::"…"</c>.</param>
/// <param name="Tier">The onboarding tier; the organisation is in <c>Tier::"…"</c>.</param>
/// <param name="Action">What, by the name of the endpoint: <c>Action::"chat"</c>, <c>"messages"</c>, <c>"embeddings"</c>.</param>
/// <param name="Model">Of which model; the resource <c>Model::"…"</c>.</param>
/// <param name="At">When.</param>
public sealed record AccessQuestion(string Account, string Organisation, string Tier, string Action, string Model, DateTimeOffset At)
{
    /// <summary>Families that the model is in: <c>ModelFamily::"…"</c>.</summary>
    public IReadOnlyList<string> ModelFamilies { get; init; } = [];

    /// <summary>
    /// What of the model is asked for: <c>logprobs</c>, <c>reasoning</c>, <c>batch</c> and the like; <c>context.features</c>.
    /// </summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>The region that serves; <c>context.region</c>.</summary>
    public string? Region { get; init; }

    /// <summary>Where the address is, ISO 3166-1 alpha-2; <c>context.country</c>.</summary>
    public string? Country { get; init; }

    /// <summary>Where the account pays from, ISO 3166-1 alpha-2; <c>context.billingCountry</c>.</summary>
    public string? BillingCountry { get; init; }

    /// <summary>Kind of network: <c>isp</c>, <c>hosting</c>, <c>vpn</c>, <c>education</c> and the like; <c>context.asnClass</c>.</summary>
    public string? AsnClass { get; init; }

    /// <summary>The client's address; <c>context.ip</c>.</summary>
    public System.Net.IPAddress? Address { get; init; }

    /// <summary>
    /// What the rule of half or more says of the organisation; <c>context.ownership.halfOrMore</c> as <c>"marked"</c> and so on.
    /// </summary>
    public OwnershipVerdict? HalfOrMore { get; init; }

    /// <summary>What the rule of more than half says; <c>context.ownership.moreThanHalf</c>.</summary>
    public OwnershipVerdict? MoreThanHalf { get; init; }
}
