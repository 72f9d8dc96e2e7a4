using System.Text.Json.Nodes;

namespace Stillwatch.Evidence.Sharing.Stix.Observables;

/// <summary>A program (STIX 2.1, 6.14); here a client, by the User-Agent header it sends.</summary>
public sealed record Software : CyberObservable
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The observable of a name.</summary>
    public static Software Of(string name) => new() { Id = IdOf("software", new JsonObject { ["name"] = name }), Name = name };
}
