using Stillwatch.Benchmarks.Detection.Evasion;
using Stillwatch.Benchmarks.Detection.Worlds;
using Stillwatch.Simulation.Scenarios;

namespace Stillwatch.Benchmarks.Detection.Tests.Evasion;

public sealed class AttackPlanTests
{
    /// <summary>8,736 exchanges at 0.015, 24 accounts at 1, 2 cards at 5, 5 addresses at 2, one operation at 50.</summary>
    [Fact]
    public void Resources_PlainCampaign_AreTheSumOfItsParts()
    {
        Assert.Equal(8736, AttackPlan.Volume);
        var plain = new AttackPlan(new()).Resources();
        Assert.Equal((24.0, 14.0), (plain.Accounts, plain.Days));
        Assert.Equal(131.04 + 24 + 10 + 10 + 50, plain.Dollars, 9);
    }

    /// <summary>
    /// Half cover: 8,736 more requests at 0.003 and 17,472 × 20 kB = 0.34944 GB at 5. Twice 24 seats with 364 requests each, given up
    /// after 200: 2 lives, so 96 aged accounts at 5 with a card each.
    /// </summary>
    [Fact]
    public void Resources_HiddenCampaign_AreTheSumOfItsParts()
    {
        var hidden = new AttackPlan(new()
        {
            Accounts = 2,
            Days = 4,
            OwnPayments = true,
            Residential = true,
            Wording = 2,
            Cover = 0.5,
            Age = "aged",
            Rotation = 200,
            Cells = 4,
        }).Resources();
        Assert.Equal((96.0, 56.0), (hidden.Accounts, hidden.Days));
        Assert.Equal(131.04 + 26.208 + 480 + 480 + 1.7472 + 4.368 + 200, hidden.Dollars, 9);
    }

    [Fact]
    public void Scenario_AnyChoice_KeepsTheVolumeOfADay()
    {
        var scenario = new AttackPlan(new() { Accounts = 4, Days = 2, Cells = 8 }).Scenario("cells");
        Assert.Equal(8, scenario.Campaigns.Count);
        Assert.All(scenario.Campaigns, static cell => Assert.Equal((12, 546), (cell.Accounts, cell.Exchanges)));
    }

    /// <summary>Every level of every axis is a scenario that the simulator takes, or needs families that it does not have.</summary>
    [Fact]
    public void Apply_EveryLevel_ChangesTheChoiceIntoAValidScenario()
    {
        foreach (var axis in AttackAxis.All)
        {
            Assert.Equal(new AttackChoice(), axis.Apply(new(), 0));
            for (var level = 1; level <= axis.Top; level++)
            {
                var choice = axis.Apply(new(), level);
                Assert.NotEqual(axis.Apply(new(), level - 1), choice);
                var reading = ScenarioReader.Read(new AttackPlan(choice).Scenario(axis.Name).ToJson());
                Assert.Equal((axis.Name, axis.NeedsSpecialists), (axis.Name, reading.Scenario is null));
            }
        }
    }

    [Fact]
    public void Scenario_FixedExperiments_AreValidAndOfTheStatedSize()
    {
        WorldScenario[] scenarios =
        [
            .. EvasionCommand.Settings.Select(static own => EvasionCommand.Scenario(own.Exchanges, own.Paraphrase, own.Cover)),
            ScalesCommand.Scenario(10), ScalesCommand.Scenario(1000), EarlinessCommand.Scenario(20), EarlinessCommand.Scenario(160),
        ];
        Assert.All(scenarios, static scenario => Assert.NotNull(ScenarioReader.Read(scenario.ToJson()).Scenario));
        Assert.Equal(scenarios.Length, scenarios.Select(static scenario => scenario.Name).Distinct().Count());
        var thousand = ScalesCommand.Scenario(1000);
        Assert.Equal(6_000_000, thousand.BenignInteractions);
        Assert.Equal(6_000, thousand.Campaigns.Sum(static campaign => campaign.Exchanges));
    }
}
