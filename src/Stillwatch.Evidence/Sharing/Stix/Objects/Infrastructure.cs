namespace Stillwatch.Evidence.Sharing.Stix.Objects;

/// <summary>Systems that serve a purpose (STIX 2.1, 4.8); here those that a campaign comes through.</summary>
public sealed record Infrastructure : VersionedObject
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Open vocabulary infrastructure-type-ov.</summary>
    public IReadOnlyList<string>? InfrastructureTypes { get; init; }
}
