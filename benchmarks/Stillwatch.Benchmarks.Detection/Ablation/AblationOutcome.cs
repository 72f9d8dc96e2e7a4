using Stillwatch.Benchmarks.Detection.Worlds;

namespace Stillwatch.Benchmarks.Detection.Ablation;

/// <summary>One world, hunted with each subset of the evidence.</summary>
internal sealed record AblationOutcome : IMeasured
{
    /// <inheritdoc/>
    public required string Setting { get; init; }

    /// <inheritdoc/>
    public required ulong Seed { get; init; }

    /// <summary>What each hunt found, by the subset's name.</summary>
    public required IReadOnlyDictionary<string, AblatedHunt> Hunts { get; init; }
}
