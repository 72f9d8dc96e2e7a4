namespace Stillwatch.Evidence.Sharing.Stix.Objects;

/// <summary>
/// A marking that limits what may be done with objects (STIX 2.1, 7.2.1); here the five of the Traffic Light Protocol 2.0.
/// </summary>
/// <remarks>The extension of OASIS fixes the ids, names and time of the five.</remarks>
public sealed record MarkingDefinition : StixObject
{
    private static readonly MarkingDefinition[] Tlp20 =
    [
        Of("94868c89-83c2-464b-929b-a1a8aa3c8487", "TLP:CLEAR", "clear"),
        Of("bab4a63c-aed9-4cf5-a766-dfca5abac2bb", "TLP:GREEN", "green"),
        Of("55d920b0-5e8b-4f79-9ee9-91f868d9b421", "TLP:AMBER", "amber"),
        Of("939a9414-2ddd-4d32-a0cd-375ea402b003", "TLP:AMBER+STRICT", "amber+strict"),
        Of("e828b379-4e03-4974-9ac4-e53a884c97c1", "TLP:RED", "red"),
    ];

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The marking of a level.</summary>
    public static MarkingDefinition Of(TrafficLight level) => Tlp20[(int)level];

    private static MarkingDefinition Of(string uuid, string name, string level) => new()
    {
        Id = new("marking-definition", new Guid(uuid)),
        Created = new(2022, 10, 1, 0, 0, 0, TimeSpan.Zero),
        Name = name,
        Extensions = ExtensionDefinition.Uses(
            ExtensionDefinition.Tlp20, new StixExtension { ExtensionType = "property-extension", Tlp20 = level }),
    };
}
