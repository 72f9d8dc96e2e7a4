using System.Text.Json.Nodes;

namespace Stillwatch.Evidence.Sharing.Stix.Observables;

/// <summary>An IPv6 address, or a range in CIDR notation (STIX 2.1, 6.10).</summary>
public sealed record Ipv6Address : CyberObservable
{
    /// <summary>The address or range.</summary>
    public required string Value { get; init; }

    /// <summary>The observable of an address or range.</summary>
    public static Ipv6Address Of(string value) => new() { Id = IdOf("ipv6-addr", new JsonObject { ["value"] = value }), Value = value };
}
