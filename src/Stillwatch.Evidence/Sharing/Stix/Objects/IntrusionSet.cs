namespace Stillwatch.Evidence.Sharing.Stix.Objects;

/// <summary>Behaviour and resources that are believed to be one operator (STIX 2.1, 4.9).</summary>
public sealed record IntrusionSet : VersionedObject
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What is known.</summary>
    public string? Description { get; init; }

    /// <summary>What it is after.</summary>
    public IReadOnlyList<string>? Goals { get; init; }
}
