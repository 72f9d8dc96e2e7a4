using Stillwatch.Benchmarks.Detection.Worlds;

namespace Stillwatch.Benchmarks.Detection.Evasion;

/// <summary>When the campaigns of one replayed world were first reported.</summary>
internal sealed record AlertOutcome : IMeasured
{
    /// <inheritdoc/>
    public required string Setting { get; init; }

    /// <inheritdoc/>
    public required ulong Seed { get; init; }

    /// <summary>One a campaign.</summary>
    public required IReadOnlyList<CampaignAlert> Alerts { get; init; }

    /// <summary>Benign accounts.</summary>
    public required long Benign { get; init; }

    /// <summary>Benign accounts that were restricted or blocked at any time of the replay.</summary>
    public required long BenignActed { get; init; }
}
