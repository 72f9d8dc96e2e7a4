namespace Stillwatch.Simulation.Scenarios;

/// <summary>One campaign of a scenario.</summary>
public sealed record CampaignScenario
{
    /// <summary>Its name in truth files; unique within the scenario.</summary>
    public required string Id { get; init; }

    /// <summary>The family its defaults come from.</summary>
    public required CampaignFamily Family { get; init; }

    /// <summary>Accounts in use at a time; more exist where accounts are given up and replaced. 1 to 1,000,000.</summary>
    public required int Accounts { get; init; }

    /// <summary>Exchanges that serve the campaign; at least one an account.</summary>
    public required long Exchanges { get; init; }

    /// <summary>Days from the start of the scenario to the first exchange; may have a fraction. Default 0.</summary>
    public double StartDay { get; init; }

    /// <summary>How long it lasts in days; cut at the end of the scenario.</summary>
    public required double Days { get; init; }

    /// <summary>How it behaves.</summary>
    public required CampaignOptions Options { get; init; }
}
