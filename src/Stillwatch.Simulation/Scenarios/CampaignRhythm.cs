namespace Stillwatch.Simulation.Scenarios;

/// <summary>At which hours a campaign works.</summary>
public enum CampaignRhythm
{
    /// <summary>Round the clock.</summary>
    AlwaysOn,

    /// <summary>Waking hours of each account's time zone.</summary>
    Human,

    /// <summary>Office hours of the operator's time zone, Monday to Friday.</summary>
    Office,
}
