using System.Text.Json.Nodes;

namespace Stillwatch.Evidence.Sharing.Stix.Observables;

/// <summary>An autonomous system of the Internet (STIX 2.1, 6.2).</summary>
public sealed record AutonomousSystem : CyberObservable
{
    /// <summary>Its number (RFC 6793: 32 bits).</summary>
    public required uint Number { get; init; }

    /// <summary>The observable of a number.</summary>
    public static AutonomousSystem Of(uint number) =>
        new() { Id = IdOf("autonomous-system", new JsonObject { ["number"] = number }), Number = number };
}
