using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Simulation.Scenarios;
using Interval = Stillwatch.Simulation.Scenarios.Interval;

namespace Stillwatch.Simulation.Tests.Scenarios;

public sealed class ScenarioReaderTests
{
    private const string Valid = """
        {
          "name": "n", "start": "2026-03-02T00:00:00Z", "days": 3,
          "models": [{ "name": "m", "share": 1 }],
          "population": { "chatter": 5 },
          "campaigns": [{
            "id": "c", "family": "low_and_slow", "accounts": 2, "exchanges": 9, "days": 2,
            "options": { "paraphrase": 2, "per_day": [2, 4] }
          }]
        }
        """;

    [Fact]
    public void Read_AValidFile_HasNoErrors()
    {
        var scenario = ScenarioReader.Read(Valid).Require();
        Assert.Equal(3, scenario.Days);
        Assert.Equal(CampaignFamily.LowAndSlow, scenario.Campaigns[0].Family);
        Assert.Equal(2, scenario.Campaigns[0].Options.Paraphrase);
        Assert.Equal(new Interval(2, 4), scenario.Campaigns[0].Options.PerDay);
        Assert.Equal(CampaignNetwork.Residential, scenario.Campaigns[0].Options.Network);
    }

    [Theory]
    [InlineData("\"days\": 3", "\"days\": 0", "days")]
    [InlineData("\"days\": 3", "\"days\": \"3\"", "days")]
    [InlineData("\"days\": 3,", "", "days")]
    [InlineData("\"days\": 3", "\"days\": 3, \"day\": 3", "day")]
    [InlineData("2026-03-02T00:00:00Z", "2026-03-02T06:00:00Z", "start")]
    [InlineData("2026-03-02T00:00:00Z", "yesterday", "start")]
    [InlineData("\"share\": 1", "\"share\": -1", "models[0].share")]
    [InlineData("\"share\": 1", "\"share\": 0", "models")]
    [InlineData("\"chatter\"", "\"chatters\"", "population.chatters")]
    [InlineData("low_and_slow", "LowAndSlow", "campaigns[0].family")]
    [InlineData("\"exchanges\": 9", "\"exchanges\": 1", "campaigns[0].exchanges")]
    [InlineData("\"paraphrase\": 2", "\"paraphrase\": 3", "campaigns[0].options.paraphrase")]
    [InlineData("[2, 4]", "[4, 2]", "campaigns[0].options.per_day")]
    [InlineData("[2, 4]", "4", "campaigns[0].options.per_day")]
    [InlineData("[2, 4]", "[1, 2]", "campaigns[0].options.per_day")]
    [InlineData("\"paraphrase\": 2", "\"paraphrse\": 2", "campaigns[0].options.paraphrse")]
    [InlineData("\"paraphrase\": 2", "\"rotation\": 5", "campaigns[0].options.rotation")]
    [InlineData("\"paraphrase\": 2", "\"model\": \"other\"", "campaigns[0].options.model")]
    [InlineData("\"paraphrase\": 2", "\"programs\": []", "campaigns[0].options.programs")]
    [InlineData("\"paraphrase\": 2", "\"kinds\": [\"maths\"]", "campaigns[0].options.kinds[0]")]
    [InlineData("\"paraphrase\": 2", "\"pivot\": { \"share\": 0.5, \"within_hours\": 4 }", "campaigns[0].options.pivot")]
    [InlineData("\"name\": \"n\"", "\"name\": \"n\", \"name\": \"n\"", "name")]
    public void Read_AMistake_IsReportedWithItsPath(string right, string wrong, string path)
    {
        var reading = ScenarioReader.Read(Valid.Replace(right, wrong, StringComparison.Ordinal));
        Assert.Null(reading.Scenario);
        Assert.Contains(reading.Errors, error => error.Path == path);
    }

    [Fact]
    public void Read_ManyMistakes_ReportsAllAtOnce()
    {
        var reading = ScenarioReader.Read("""
            {
              "name": 1, "start": "x", "days": -1, "models": {}, "population": { "chatter": -1 },
              "campaigns": [{ "options": { "turns": 0 } }], "extra": 1
            }
            """);
        string[] paths =
        [
            "name", "start", "days", "models", "population.chatter", "campaigns[0].id", "campaigns[0].family", "campaigns[0].accounts",
            "campaigns[0].exchanges", "campaigns[0].days", "campaigns[0].options.turns", "extra",
        ];
        Assert.All(paths, path => Assert.Contains(reading.Errors, error => error.Path == path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    public void Read_WhatIsNoObject_IsAnError(string json) => Assert.NotEmpty(ScenarioReader.Read(json).Errors);

    [Fact]
    public void Read_DeepNesting_IsAnError() => Assert.NotEmpty(ScenarioReader.Read(new string('[', 5000)).Errors);

    [Fact]
    public void BuiltInScenarios_AreAllValid()
    {
        Assert.Equal(["demo", "headline", "headline-1pct", "million", "null", "smoke"], BuiltInScenarios.Names);
        Assert.All(BuiltInScenarios.Names, name => Assert.Equal(name, BuiltInScenarios.Get(name).Name));
    }

    [Fact]
    public void BuiltInScenarios_Headline_HasTheReportedScale()
    {
        var headline = BuiltInScenarios.Get("headline");
        Assert.Equal(1_000_000, headline.Population.Values.Sum());
        Assert.Equal(288_000_000, headline.BenignInteractions);
        Assert.Equal((25_000, 28_800_000), (headline.Campaigns[0].Accounts, headline.Campaigns[0].Exchanges));
        Assert.Equal(45, headline.Days);
    }

    [Fact]
    public void Read_AnyChangeToAFile_NeverThrows() => Prop.ForAll(
        ArbMap.Default.ArbFor<(NonNegativeInt At, NonNegativeInt Length, string Text)>(),
        change =>
        {
            var at = change.At.Get * 37 % Valid.Length;
            var end = Math.Min(Valid.Length, at + (change.Length.Get % 20));
            var reading = ScenarioReader.Read(string.Concat(Valid.AsSpan(0, at), change.Text, Valid.AsSpan(end)));
            return reading.Scenario is null == reading.Errors.Count > 0;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Factors_OfAScenario_MultiplyAccountsAndInteractions()
    {
        var campaign = SmallScenario.Campaign(CampaignFamily.HydraPlain);
        var scenario = SmallScenario.With(campaign) with { Scale = 0.5, BackgroundMultiplier = 4 };
        var scaled = SmallScenario.Simulate(scenario).Scenario;
        Assert.Equal(400, scaled.Population[BenignClass.Chatter]);
        Assert.Equal(18_000, scaled.BenignInteractions);
        Assert.Equal((10, 750), (scaled.Campaigns[0].Accounts, scaled.Campaigns[0].Exchanges));
    }

    [Fact]
    public void Documentation_Example_IsValid()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var page = Path.Combine(folder.FullName, "docs", "simulation.md");
            if (File.Exists(page))
            {
                var text = File.ReadAllText(page);
                var start = text.IndexOf("```json", StringComparison.Ordinal) + 7;
                var example = text[start..text.IndexOf("```", start, StringComparison.Ordinal)];
                Assert.Equal(2, ScenarioReader.Read(example).Require().Campaigns.Count);
                return;
            }
        }

        Assert.Skip("The tests do not run inside the repository.");
    }
}
