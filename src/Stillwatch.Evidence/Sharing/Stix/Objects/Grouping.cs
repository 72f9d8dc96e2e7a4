namespace Stillwatch.Evidence.Sharing.Stix.Objects;

/// <summary>Objects that share a context, without the finality of a report (STIX 2.1, 4.4).</summary>
public sealed record Grouping : VersionedObject
{
    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>What it is.</summary>
    public string? Description { get; init; }

    /// <summary>What the objects have in common; open vocabulary grouping-context-ov.</summary>
    public required string Context { get; init; }

    /// <summary>The objects.</summary>
    public required IReadOnlyList<StixId> ObjectRefs { get; init; }
}
