namespace Stillwatch.Gateway.Quotas.Leases;

/// <summary>How budget is lent.</summary>
public sealed record LeaseOptions
{
    /// <summary>
    /// How long a node may spend what it has without hearing from the authority; 10 seconds unless said, at least a second. Longer rides
    /// out longer outages; what a lost node had is charged when it has passed.
    /// </summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// By how much of the duration a node stops early, so that its clock may run slower than the authority's; 0.1 unless said, from 0.01
    /// to 0.5.
    /// </summary>
    public double DriftMargin { get; init; } = 0.1;

    /// <summary>
    /// The part of what is free in a count that a node is lent beyond its need; 0.05 unless said, from 0 to 1. More means fewer messages
    /// and more budget that lies idle elsewhere.
    /// </summary>
    public double StoreShare { get; init; } = 0.05;
}
