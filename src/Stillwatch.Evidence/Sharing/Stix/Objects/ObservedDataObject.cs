namespace Stillwatch.Evidence.Sharing.Stix.Objects;

/// <summary>What was seen on systems (STIX 2.1, 4.14).</summary>
public sealed record ObservedDataObject : VersionedObject
{
    /// <summary>Beginning of the time in which it was seen.</summary>
    public required DateTimeOffset FirstObserved { get; init; }

    /// <summary>End of it; not before <see cref="FirstObserved"/>.</summary>
    public required DateTimeOffset LastObserved { get; init; }

    /// <summary>How often, 1 to 999,999,999.</summary>
    public required int NumberObserved { get; init; }

    /// <summary>The observables.</summary>
    public required IReadOnlyList<StixId> ObjectRefs { get; init; }
}
