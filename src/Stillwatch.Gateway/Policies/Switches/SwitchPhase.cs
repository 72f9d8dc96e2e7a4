namespace Stillwatch.Gateway.Policies.Switches;

/// <summary>How a switch stands.</summary>
public enum SwitchPhase
{
    /// <summary>Stops nothing.</summary>
    Off,

    /// <summary>Stops nothing and counts what it would stop, until a second person confirms.</summary>
    DryRun,

    /// <summary>Stops what it covers.</summary>
    On,

    /// <summary>Stops what it covers, until a second person confirms that it may be lifted.</summary>
    LiftProposed,
}
