namespace Stillwatch.Gateway.Policies.Switches;

/// <summary>What the name of a switch's scope is of.</summary>
public enum SwitchScopeKind
{
    /// <summary>Everything.</summary>
    All,

    /// <summary>One model.</summary>
    Model,

    /// <summary>One region.</summary>
    Region,

    /// <summary>One organisation: a tenant.</summary>
    Organisation,
}
