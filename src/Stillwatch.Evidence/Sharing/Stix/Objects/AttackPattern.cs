namespace Stillwatch.Evidence.Sharing.Stix.Objects;

/// <summary>A way of attacking (STIX 2.1, 4.1); here a technique of MITRE ATLAS.</summary>
public sealed record AttackPattern : VersionedObject
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The phases it belongs to.</summary>
    public IReadOnlyList<KillChainPhase>? KillChainPhases { get; init; }
}
