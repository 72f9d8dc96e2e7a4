namespace Stillwatch.Evidence.Sharing.Taxii.Storage;

/// <summary>One version of one object of a collection: what requests ask by, and where its bytes are.</summary>
internal sealed record StoredVersion
{
    /// <summary>The object's id, as it came.</summary>
    public required string Id { get; init; }

    /// <summary>The part of the id before the dashes.</summary>
    public string Type => Id[..Id.IndexOf("--", StringComparison.Ordinal)];

    /// <summary>modified, else created, else when it was added.</summary>
    public required string Version { get; init; }

    /// <summary><see cref="Version"/> as a time.</summary>
    public required DateTimeOffset VersionTime { get; init; }

    /// <summary>Whether the object itself says its version; an observable does not.</summary>
    public required bool IsVersioned { get; init; }

    /// <summary>2.1 or 2.0.</summary>
    public required string SpecVersion { get; init; }

    /// <summary>When it was added; later than all that was added before.</summary>
    public required DateTimeOffset Added { get; init; }

    /// <summary>Where its JSON begins in the journal.</summary>
    public required long Offset { get; init; }

    /// <summary>How long it is, in bytes.</summary>
    public required int Length { get; init; }

    /// <summary>Its media type, as manifests say it.</summary>
    public string MediaType => $"application/stix+json;version={SpecVersion}";
}
