namespace Stillwatch.Simulation.Scenarios;

/// <summary>How a campaign moves to a newly released model.</summary>
/// <param name="Share">Share of the accounts that move, 0 to 1.</param>
/// <param name="WithinHours">By when after the release the last of them has moved; 0 to 2,400.</param>
/// <param name="InStep">Whether they move together, or each in its own time.</param>
public sealed record ModelPivot(double Share, double WithinHours, bool InStep)
{
    /// <summary>Nobody moves.</summary>
    public static ModelPivot None { get; } = new(0, 0, false);
}
