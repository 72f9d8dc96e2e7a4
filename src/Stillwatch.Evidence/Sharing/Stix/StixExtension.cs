using System.Text.Json.Serialization;

namespace Stillwatch.Evidence.Sharing.Stix;

/// <summary>What an object carries of an extension (STIX 2.1, 7.3).</summary>
public sealed record StixExtension
{
    /// <summary>How the extension enters the object: <c>new-sco</c> or <c>property-extension</c>.</summary>
    public required string ExtensionType { get; init; }

    /// <summary>Of a marking of the Traffic Light Protocol 2.0: its level.</summary>
    [JsonPropertyName("tlp_2_0")]
    public string? Tlp20 { get; init; }
}
