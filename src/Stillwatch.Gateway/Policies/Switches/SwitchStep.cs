namespace Stillwatch.Gateway.Policies.Switches;

/// <summary>A step in the life of a switch; each is an entry of the log (<c>policyChange</c>, member <c>step</c>).</summary>
public enum SwitchStep
{
    /// <summary>A person wants it on. From here on it counts what it would stop, and stops nothing: a dry run.</summary>
    Proposed,

    /// <summary>Another person turns it on.</summary>
    Confirmed,

    /// <summary>A person wants it off; it stays on.</summary>
    LiftProposed,

    /// <summary>Another person turns it off.</summary>
    Lifted,

    /// <summary>Anybody takes back what was proposed last: the switch stays as it is.</summary>
    Withdrawn,
}
