namespace Stillwatch.Evidence.Sharing.Stix.Import;

/// <summary>How much of somebody else's STIX is taken in at once; what is beyond is refused as a whole.</summary>
public static class StixLimits
{
    /// <summary>Bytes of a bundle: 16 MiB.</summary>
    public const int MaxBytes = 16 << 20;

    /// <summary>Objects of a bundle.</summary>
    public const int MaxObjects = 20_000;

    /// <summary>How deep its JSON nests. Patterns nest in a text of their own.</summary>
    public const int MaxDepth = 32;

    /// <summary>Indicators that a hunt takes at once.</summary>
    public const int MaxIndicators = 10_000;
}
