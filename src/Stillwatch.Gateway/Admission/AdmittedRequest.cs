using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Identity;
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
    string Id, DateTimeOffset ArrivedAt, ApiEndpoint Endpoint, Dialect Dialect, GatewayKey Key, RequestFacts Facts, ClientPeer Client);
