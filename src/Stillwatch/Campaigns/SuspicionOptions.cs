namespace Stillwatch.Campaigns;

/// <summary>How much evidence each consequence needs.</summary>
public sealed class SuspicionOptions
{
    /// <summary>
    /// The accepted share of false campaigns among those reported, in (0, 1). Default 0.01. Smaller values miss weaker
    /// campaigns; it is a bound on groups, not on accounts.
    /// </summary>
    public double FalseDiscoveryRate { get; init; } = 0.01;

    /// <summary>
    /// Decimal logarithm of the least evidence that work is divided; at least 0. Default 1.5. Shared infrastructure, however
    /// striking, makes no campaign below it: a company that declares no organization shares everything and harvests nothing.
    /// </summary>
    public double MinContentLog10 { get; init; } = 1.5;

    /// <summary>Decimal logarithm of the least corroboration from other sides that turns restrict into block. Default 3.</summary>
    public double BlockCorroborationLog10 { get; init; } = 3;

    /// <summary>The fewest members of a campaign. Default 6; at least 3.</summary>
    public int MinMembers { get; init; } = 6;
}
