namespace Stillwatch.Simulation.Scenarios;

/// <summary>What must hold between the members of a scenario.</summary>
internal static class ScenarioRules
{
    private const double MinWindowDays = 0.1;

    public static IEnumerable<ScenarioError> Check(Scenario scenario) =>
        Models(scenario).Concat(Release(scenario)).Concat(Size(scenario)).Concat(Campaigns(scenario));

    private static IEnumerable<ScenarioError> Models(Scenario scenario)
    {
        if (scenario.Models.Count is 0 or > 255)
        {
            yield return new("models", $"expected 1 to 255 models, found {scenario.Models.Count}");
        }

        foreach (var name in Repeated(scenario.Models.Select(model => model.Name)))
        {
            yield return new("models", $"the name '{name}' appears more than once");
        }

        if (scenario.Models.Count > 0 && !scenario.Models.Any(model => model.Share > 0))
        {
            yield return new("models", "at least one share must be greater than 0");
        }
    }

    private static IEnumerable<ScenarioError> Release(Scenario scenario)
    {
        if (scenario.Release is not { } release)
        {
            yield break;
        }

        if (!scenario.Models.Any(model => model.Name == release.Model))
        {
            yield return new("release.model", $"'{release.Model}' is not among the models");
        }
        else if (!scenario.Models.Any(model => model.Share > 0 && model.Name != release.Model))
        {
            yield return new("release.model", $"no model but '{release.Model}' has a share greater than 0 to be used before the release");
        }

        if (release.Day >= scenario.Days)
        {
            yield return new("release.day", FormattableString.Invariant($"{release.Day} is not before the end, day {scenario.Days}"));
        }
    }

    private static IEnumerable<ScenarioError> Size(Scenario scenario)
    {
        var benign = scenario.Population.Values.Sum(count => (double)count) * scenario.Scale * scenario.BackgroundMultiplier;
        var fleets = scenario.Campaigns.Sum(campaign => (double)campaign.Accounts) * scenario.Scale;
        if (benign + fleets is < 1 or > Scenario.MaxAccounts)
        {
            yield return new("population", FormattableString.Invariant(
                $"{benign + fleets:0} accounts after scaling; expected 1 to {Scenario.MaxAccounts}"));
        }

        if (scenario.Population.GetValueOrDefault(BenignClass.ReleaseSurge) > 0 && scenario.Release is null)
        {
            yield return new("population.release_surge", "needs a release");
        }

        if (scenario.BenignInteractions is { } wished && wished * scenario.Scale * scenario.BackgroundMultiplier < benign)
        {
            yield return new("benign_interactions", $"{wished} are fewer than the benign accounts, each of which has at least one");
        }
    }

    private static IEnumerable<ScenarioError> Campaigns(Scenario scenario)
    {
        foreach (var id in Repeated(scenario.Campaigns.Select(campaign => campaign.Id)))
        {
            yield return new("campaigns", $"the id '{id}' appears more than once");
        }

        for (var i = 0; i < scenario.Campaigns.Count; i++)
        {
            foreach (var error in Campaign(scenario, scenario.Campaigns[i], $"campaigns[{i}]"))
            {
                yield return error;
            }
        }
    }

    private static IEnumerable<ScenarioError> Campaign(Scenario scenario, CampaignScenario campaign, string path)
    {
        if (campaign.Exchanges < campaign.Accounts)
        {
            yield return new($"{path}.exchanges", $"{campaign.Exchanges} are fewer than its {campaign.Accounts} accounts");
        }

        if (campaign.StartDay > scenario.Days - MinWindowDays)
        {
            yield return new(
                $"{path}.start_day", FormattableString.Invariant($"{campaign.StartDay} is not before the end, day {scenario.Days}"));
        }

        var days = Math.Min(campaign.Days, scenario.Days - campaign.StartDay);
        if (campaign.Options.PerDay is { } daily && campaign.Exchanges > campaign.Accounts * days * daily.High)
        {
            yield return new($"{path}.options.per_day", FormattableString.Invariant(
                $"{campaign.Accounts} accounts with at most {daily.High} a day make fewer than {campaign.Exchanges} in {days} days"));
        }

        if (campaign.Options.Model is { } model && !scenario.Models.Any(known => known.Name == model))
        {
            yield return new($"{path}.options.model", $"'{model}' is not among the models");
        }

        if (campaign.Options.Pivot.Share > 0 && scenario.Release is null)
        {
            yield return new($"{path}.options.pivot", "needs a release");
        }

        if (campaign.Options.Programs.Count == 0)
        {
            yield return new($"{path}.options.programs", "expected at least one way in");
        }
    }

    private static IEnumerable<string> Repeated(IEnumerable<string> names) =>
        names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key);
}
