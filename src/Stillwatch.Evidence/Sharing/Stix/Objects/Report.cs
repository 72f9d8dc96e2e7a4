namespace Stillwatch.Evidence.Sharing.Stix.Objects;

/// <summary>What is told about a threat, as a whole (STIX 2.1, 4.16).</summary>
public sealed record Report : VersionedObject
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, and what it reveals.</summary>
    public string? Description { get; init; }

    /// <summary>Open vocabulary report-type-ov.</summary>
    public IReadOnlyList<string>? ReportTypes { get; init; }

    /// <summary>When it is for others to see.</summary>
    public required DateTimeOffset Published { get; init; }

    /// <summary>What it is about.</summary>
    public required IReadOnlyList<StixId> ObjectRefs { get; init; }
}
