using System.Net;

namespace Stillwatch.Gateway.Configuration;

/// <summary>Whose word is taken for who the client is.</summary>
/// <param name="Networks">Networks of load balancers and other proxies in front of the gateway.</param>
/// <param name="Ja4Header">The header in which they say the client's JA4 fingerprint; null where none does.</param>
public sealed record ProxyTrustOptions(IReadOnlyList<IPNetwork> Networks, string? Ja4Header)
{
    /// <summary>Nobody's.</summary>
    public static ProxyTrustOptions None { get; } = new([], null);
}
