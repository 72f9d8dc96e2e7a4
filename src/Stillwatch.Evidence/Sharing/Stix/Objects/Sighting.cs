namespace Stillwatch.Evidence.Sharing.Stix.Objects;

/// <summary>That something was seen, or, with a count of zero, looked for and not seen (STIX 2.1, 5.2).</summary>
public sealed record Sighting : VersionedObject
{
    /// <summary>When first.</summary>
    public DateTimeOffset? FirstSeen { get; init; }

    /// <summary>When last; not before <see cref="FirstSeen"/>.</summary>
    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>How often, 0 to 999,999,999.</summary>
    public int? Count { get; init; }

    /// <summary>What was seen.</summary>
    public required StixId SightingOfRef { get; init; }

    /// <summary>Who saw it.</summary>
    public IReadOnlyList<StixId>? WhereSightedRefs { get; init; }
}
