namespace Stillwatch.Evidence.Sharing.Stix.Objects;

/// <summary>Who states something (STIX 2.1, 4.5).</summary>
public sealed record Identity : VersionedObject
{
    /// <summary>The name, or what stands for it.</summary>
    public required string Name { get; init; }

    /// <summary>Open vocabulary identity-class-ov, such as <c>organization</c>.</summary>
    public string? IdentityClass { get; init; }
}
