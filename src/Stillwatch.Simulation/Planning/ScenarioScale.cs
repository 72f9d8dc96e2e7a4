using Stillwatch.Simulation.Scenarios;

namespace Stillwatch.Simulation.Planning;

/// <summary>
/// Applies the factors of a scenario to its counts; whatever was there keeps at least one account and one exchange an account.
/// </summary>
internal static class ScenarioScale
{
    public static Scenario Apply(Scenario scenario)
    {
        var benign = scenario.Scale * scenario.BackgroundMultiplier;
        return scenario with
        {
            Population = scenario.Population.ToDictionary(entry => entry.Key, entry => (int)Scaled(entry.Value, benign)),
            BenignInteractions = scenario.BenignInteractions is { } wished ? Scaled(wished, benign) : null,
            Campaigns = [.. scenario.Campaigns.Select(campaign => Apply(campaign, scenario.Scale))],
            Scale = 1,
            BackgroundMultiplier = 1,
        };
    }

    private static CampaignScenario Apply(CampaignScenario campaign, double factor)
    {
        var accounts = (int)Scaled(campaign.Accounts, factor);
        return campaign with { Accounts = accounts, Exchanges = Math.Max(accounts, Scaled(campaign.Exchanges, factor)) };
    }

    private static long Scaled(long count, double factor) => count == 0 ? 0 : Math.Max(1, (long)Math.Round(count * factor));
}
