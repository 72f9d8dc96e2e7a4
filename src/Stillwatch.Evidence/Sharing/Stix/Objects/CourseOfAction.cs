namespace Stillwatch.Evidence.Sharing.Stix.Objects;

/// <summary>A measure against attacks (STIX 2.1, 4.3); here a mitigation of MITRE ATLAS.</summary>
public sealed record CourseOfAction : VersionedObject
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }
}
