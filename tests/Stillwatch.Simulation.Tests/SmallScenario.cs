using Stillwatch.Simulation.Scenarios;

namespace Stillwatch.Simulation.Tests;

/// <summary>Scenarios that run in a second and hold every benign class.</summary>
internal static class SmallScenario
{
    public static Scenario With(params CampaignScenario[] campaigns) => new()
    {
        Name = "small",
        Start = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero),
        Days = 6,
        Models = [new("first", 0.7, false), new("second", 0.3, true), new("third", 0, true)],
        Release = new("third", 3.4, 0.4),
        Population = new Dictionary<BenignClass, int>
        {
            [BenignClass.Chatter] = 200,
            [BenignClass.VpnExit] = 40,
            [BenignClass.ReleaseSurge] = 20,
            [BenignClass.ToolUser] = 40,
            [BenignClass.App] = 60,
            [BenignClass.Batch] = 10,
            [BenignClass.Agent] = 20,
            [BenignClass.Classroom] = 30,
            [BenignClass.Evaluator] = 5,
            [BenignClass.Reseller] = 2,
        },
        BenignInteractions = 9000,
        Campaigns = campaigns,
    };

    public static CampaignScenario Campaign(CampaignFamily family, Func<CampaignOptions, CampaignOptions>? change = null) => new()
    {
        Id = "harvest",
        Family = family,
        Accounts = 20,
        Exchanges = 1500,
        StartDay = 0.5,
        Days = 5,
        Options = (change ?? (options => options))(CampaignFamilies.Defaults(family)),
    };

    public static SimulatedTraffic Simulate(Scenario scenario, ulong seed = 7, int threads = 2) =>
        SimulatedTraffic.Create(scenario, new SimulationOptions { Seed = seed, Threads = threads }, TestContext.Current.CancellationToken);

    public static List<Interactions.Interaction> All(SimulatedTraffic traffic) =>
        [.. traffic.Interactions(TestContext.Current.CancellationToken).SelectMany(batch => batch)];
}
