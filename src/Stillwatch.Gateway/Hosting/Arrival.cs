using Microsoft.AspNetCore.Http;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Identity;
using Stillwatch.Gateway.Networks;
using Stillwatch.Interactions;

namespace Stillwatch.Gateway.Hosting;

/// <summary>A request of which only the head is known.</summary>
/// <param name="Http">The request.</param>
/// <param name="Id">Its id.</param>
/// <param name="Timestamp">When it arrived, by the monotonic clock.</param>
/// <param name="At">When it arrived.</param>
/// <param name="Snapshot">What is looked up for it, the same to its end.</param>
/// <param name="Endpoint">What is called; null where nothing is served there.</param>
/// <param name="Rule">The rule that lets it through unread; null where its content is read.</param>
/// <param name="Dialect">The form of errors.</param>
internal readonly record struct Arrival(
    HttpContext Http,
    string Id,
    long Timestamp,
    DateTimeOffset At,
    GatewaySnapshot Snapshot,
    ApiEndpoint? Endpoint,
    PassThroughRule? Rule,
    Dialect Dialect)
{
    /// <summary>The network peer, and what is known of its network.</summary>
    public (ClientPeer Client, NetworkFacts Network) Client()
    {
        var peer = Http.Connection.RemoteIpAddress;
        var clients = Snapshot.Clients;
        var agent = Http.Request.Headers.UserAgent;
        var address = ForwardedClient.ToClientAddress(clients.Address(peer, Http.Request.Headers));
        var network = Snapshot.Networks.Find(address);
        return (new(
            address,
            network.AutonomousSystem,
            network.Country,
            agent.Count == 0 ? null : agent.ToString(),
            clients.Ja4(peer, Http.Request.Headers, Http.Features.Get<Ja4Feature>()?.Fingerprint)), network);
    }
}
