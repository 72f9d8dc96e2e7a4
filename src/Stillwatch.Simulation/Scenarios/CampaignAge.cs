namespace Stillwatch.Simulation.Scenarios;

/// <summary>When a campaign's accounts were registered.</summary>
public enum CampaignAge
{
    /// <summary>In bursts shortly before they are used.</summary>
    Burst,

    /// <summary>Over the weeks before.</summary>
    Spread,

    /// <summary>Like everybody's: up to two years before.</summary>
    Aged,
}
