using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Identity;
using Stillwatch.Gateway.Organisations;
using Stillwatch.Interactions;

namespace Stillwatch.Gateway.Admission;

/// <summary>A request whose sender and content are known; what decisions are asked about.</summary>
/// <param name="Id">The id of its interaction, unique for all time.</param>
/// <param name="ArrivedAt">When it arrived.</param>
/// <param name="Endpoint">What was called.</param>
/// <param name="Dialect">The form of errors.</param>
/// <param name="Key">Whose key made it.</param>
/// <param name="Facts">What its body says.</param>
/// <param name="Client">The network peer.</param>
public sealed record AdmittedRequest(
    string Id, DateTimeOffset ArrivedAt, ApiEndpoint Endpoint, Dialect Dialect, GatewayKey Key, RequestFacts Facts, ClientPeer Client)
{
    /// <summary>What is said of the model; null where the request is let through unread.</summary>
    public ModelRoute? Route { get; init; }

    /// <summary>What is known of the organisation; null where nothing is.</summary>
    public OrganisationStanding? Organisation { get; init; }

    /// <summary>The onboarding tier that counts: the key's, or the lower one that its organisation has reached.</summary>
    public string Tier { get; init; } = Key.Tier;

    /// <summary>The kind of network that the client is in; null where unknown.</summary>
    public string? NetworkClass { get; init; }

    /// <summary>The region that serves the model; empty where it is not said.</summary>
    public string Region => Route?.Region ?? "";
}
