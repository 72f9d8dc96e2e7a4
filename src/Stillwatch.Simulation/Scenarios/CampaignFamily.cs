namespace Stillwatch.Simulation.Scenarios;

/// <summary>Families of campaigns. A family is a set of defaults for <see cref="CampaignOptions"/>; files write it in snake case.</summary>
public enum CampaignFamily
{
    /// <summary>Rented servers, shared cards, one program, one wrapper, evenly loaded round the clock.</summary>
    HydraPlain,

    /// <summary>Residential addresses and cards of their own, any program, ages like everybody's: only the wrapper is shared.</summary>
    HydraResidential,

    /// <summary>Behind VPN exits; a part of every account's traffic is that of unrelated customers.</summary>
    MixedProxy,

    /// <summary>A few exchanges an account and day at human hours, residential, in varying words.</summary>
    LowAndSlow,
}
