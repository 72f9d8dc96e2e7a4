namespace Stillwatch.Gateway.Policies;

/// <summary>What a policy does to what it matches.</summary>
public enum PolicyEffect
{
    /// <summary>Allows it, unless another forbids it.</summary>
    Permit,

    /// <summary>Denies it, whatever permits it.</summary>
    Forbid,
}
