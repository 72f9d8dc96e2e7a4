using System.Text.Json.Nodes;

namespace Stillwatch.Evidence.Sharing.Stix.Observables;

/// <summary>A domain name (STIX 2.1, 6.4).</summary>
public sealed record DomainName : CyberObservable
{
    /// <summary>The name.</summary>
    public required string Value { get; init; }

    /// <summary>The observable of a name.</summary>
    public static DomainName Of(string value) => new() { Id = IdOf("domain-name", new JsonObject { ["value"] = value }), Value = value };
}
