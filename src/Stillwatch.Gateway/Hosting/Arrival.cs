using Microsoft.AspNetCore.Http;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Dialects;

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
    Dialect Dialect);
