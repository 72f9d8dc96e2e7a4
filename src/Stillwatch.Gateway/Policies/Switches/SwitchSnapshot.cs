namespace Stillwatch.Gateway.Policies.Switches;

/// <summary>How a switch stands, by the entries of the log.</summary>
/// <param name="Scope">What it stops.</param>
/// <param name="Phase">Whether it does.</param>
/// <param name="Proposer">Who proposed what waits for a second person; null if nothing waits.</param>
/// <param name="Until">When it goes off by itself; null for never.</param>
public sealed record SwitchSnapshot(SwitchScope Scope, SwitchPhase Phase, string? Proposer, DateTimeOffset? Until)
{
    /// <summary>How it stands at a time: what has run out is off.</summary>
    public SwitchSnapshot At(DateTimeOffset now) =>
        Until <= now && Phase != SwitchPhase.Off ? this with { Phase = SwitchPhase.Off, Proposer = null, Until = null } : this;

    /// <summary>Whether it stops what it covers.</summary>
    public bool IsStopping => Phase is SwitchPhase.On or SwitchPhase.LiftProposed;
}
