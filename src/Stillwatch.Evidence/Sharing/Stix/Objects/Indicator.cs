namespace Stillwatch.Evidence.Sharing.Stix.Objects;

/// <summary>By what somebody can be recognised (STIX 2.1, 4.7).</summary>
public sealed record Indicator : VersionedObject
{
    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>What a match says.</summary>
    public string? Description { get; init; }

    /// <summary>Open vocabulary indicator-type-ov.</summary>
    public IReadOnlyList<string>? IndicatorTypes { get; init; }

    /// <summary>The pattern.</summary>
    public required string Pattern { get; init; }

    /// <summary>Its language.</summary>
    public required string PatternType { get; init; }

    /// <summary>The version of the language.</summary>
    public string? PatternVersion { get; init; }

    /// <summary>From when on a match means something.</summary>
    public required DateTimeOffset ValidFrom { get; init; }

    /// <summary>Until when; after <see cref="ValidFrom"/>.</summary>
    public DateTimeOffset? ValidUntil { get; init; }
}
