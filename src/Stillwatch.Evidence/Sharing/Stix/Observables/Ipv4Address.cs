using System.Text.Json.Nodes;

namespace Stillwatch.Evidence.Sharing.Stix.Observables;

/// <summary>An IPv4 address, or a range in CIDR notation (STIX 2.1, 6.9).</summary>
public sealed record Ipv4Address : CyberObservable
{
    /// <summary>The address or range.</summary>
    public required string Value { get; init; }

    /// <summary>The observable of an address or range.</summary>
    public static Ipv4Address Of(string value) => new() { Id = IdOf("ipv4-addr", new JsonObject { ["value"] = value }), Value = value };
}
