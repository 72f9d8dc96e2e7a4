namespace Stillwatch.Simulation.Scenarios;

/// <summary>Where a campaign's requests come from.</summary>
public enum CampaignNetwork
{
    /// <summary>Racks of rented servers.</summary>
    Hosting,

    /// <summary>Homes.</summary>
    Residential,

    /// <summary>VPN exits, half of them shared with benign accounts.</summary>
    Exit,

    /// <summary>A third of the accounts each.</summary>
    Mixed,
}
