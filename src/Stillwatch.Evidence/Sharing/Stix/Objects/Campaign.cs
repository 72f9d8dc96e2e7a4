namespace Stillwatch.Evidence.Sharing.Stix.Objects;

/// <summary>Behaviour over a time that serves one purpose (STIX 2.1, 4.2); here the harvesting of a model.</summary>
public sealed record Campaign : VersionedObject
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What was seen.</summary>
    public string? Description { get; init; }

    /// <summary>What it is after.</summary>
    public string? Objective { get; init; }

    /// <summary>The day it was first seen.</summary>
    public DateTimeOffset? FirstSeen { get; init; }

    /// <summary>The day it was last seen; not before <see cref="FirstSeen"/>.</summary>
    public DateTimeOffset? LastSeen { get; init; }
}
