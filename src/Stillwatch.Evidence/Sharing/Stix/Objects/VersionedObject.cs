namespace Stillwatch.Evidence.Sharing.Stix.Objects;

/// <summary>A domain or relationship object: somebody's statement, which has versions (STIX 2.1, 3.2 and 3.6).</summary>
public abstract record VersionedObject : StixObject
{
    /// <summary>The identity that states it.</summary>
    public StixId? CreatedByRef { get; init; }

    /// <summary>When its first version was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When this version was made; not before <see cref="Created"/>.</summary>
    public required DateTimeOffset Modified { get; init; }

    /// <summary>True for the last version of what is withdrawn.</summary>
    public bool? Revoked { get; init; }

    /// <summary>How sure its maker is, 0 to 100.</summary>
    public int? Confidence { get; init; }

    /// <summary>Terms that describe it.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Where else it is described.</summary>
    public IReadOnlyList<ExternalReference>? ExternalReferences { get; init; }
}
