namespace Stillwatch.Evidence.Sharing.Stix.Objects;

/// <summary>A link between two objects (STIX 2.1, 5.1).</summary>
public sealed record Relationship : VersionedObject
{
    /// <summary>What links them, such as <c>indicates</c>.</summary>
    public required string RelationshipType { get; init; }

    /// <summary>From what.</summary>
    public required StixId SourceRef { get; init; }

    /// <summary>To what.</summary>
    public required StixId TargetRef { get; init; }
}
