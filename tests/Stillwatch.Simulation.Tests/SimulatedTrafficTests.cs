using System.Text;
using Stillwatch.Interactions;
using Stillwatch.Simulation.Scenarios;

namespace Stillwatch.Simulation.Tests;

public sealed class SimulatedTrafficTests
{
    private static readonly CampaignScenario[] AllFamilies =
        [.. Enum.GetValues<CampaignFamily>().Select(family => SmallScenario.Campaign(family) with { Id = family.ToString() })];

    [Fact]
    public void Interactions_OfAnyScenario_AreInOrderOfTimeAndWithinTheScenario()
    {
        var traffic = SmallScenario.Simulate(SmallScenario.With(AllFamilies));
        var start = traffic.Scenario.Start.ToUnixTimeMilliseconds();
        var previous = start;
        foreach (var interaction in SmallScenario.All(traffic))
        {
            Assert.True(interaction.ObservedAtMs >= previous);
            previous = interaction.ObservedAtMs;
        }

        Assert.True(previous < start + (traffic.Scenario.Days * 86_400_000L));
    }

    [Fact]
    public void Interactions_OfAnyScenario_MatchTheLabelsExactly()
    {
        var traffic = SmallScenario.Simulate(SmallScenario.With(AllFamilies));
        var seen = SmallScenario.All(traffic).CountBy(interaction => interaction.Account).ToDictionary();
        var labels = traffic.Truth().ToArray();
        Assert.All(labels, label => Assert.Equal(label.Interactions, (long)seen[label.Account]));
        Assert.Equal(labels.Length, seen.Count);
        Assert.Equal(traffic.InteractionCount, seen.Values.Sum(count => (long)count));
        Assert.All(AllFamilies, campaign => Assert.Equal(
            campaign.Exchanges,
            labels.Where(label => label.Campaign == campaign.Id).Sum(label => label.CampaignInteractions ?? 0)));
    }

    [Fact]
    public void Interactions_OfBenignAccounts_MeetTheWishedTotal()
    {
        var traffic = SmallScenario.Simulate(SmallScenario.With());
        Assert.InRange(traffic.InteractionCount, 0.98 * 9000, 1.02 * 9000);
        Assert.Equal(427, traffic.AccountCount);
    }

    [Fact]
    public void Interactions_Ids_AreUnique()
    {
        var all = SmallScenario.All(SmallScenario.Simulate(SmallScenario.With(AllFamilies)));
        var ids = all.Select(interaction => interaction.Id).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void Interactions_BeforeTheRelease_NeverUseTheReleasedModel()
    {
        var traffic = SmallScenario.Simulate(SmallScenario.With(SmallScenario.Campaign(
            CampaignFamily.HydraPlain, options => options with { Pivot = new ModelPivot(1, 12, true) })));
        var release = traffic.Scenario.Start.AddDays(3.4).ToUnixTimeMilliseconds();
        var all = SmallScenario.All(traffic);
        Assert.DoesNotContain(all, interaction => interaction.Model == "third" && interaction.ObservedAtMs < release);
        Assert.Contains(all, interaction => interaction.Model == "third");
    }

    [Fact]
    public void Interactions_BeforeTheRegistration_DoNotExist()
    {
        var traffic = SmallScenario.Simulate(SmallScenario.With(AllFamilies));
        var created = traffic.Accounts().ToDictionary(account => account.Account, account => account.CreatedMs);
        Assert.All(SmallScenario.All(traffic), interaction => Assert.True(created[interaction.Account] <= interaction.ObservedAtMs));
    }

    [Fact]
    public void Interactions_OfTwoSeeds_ShareNoAccount()
    {
        var first = SmallScenario.Simulate(SmallScenario.With(), seed: 1).Accounts().Select(account => account.Account).ToHashSet();
        Assert.DoesNotContain(SmallScenario.Simulate(SmallScenario.With(), seed: 2).Accounts(), account => first.Contains(account.Account));
    }

    [Fact]
    public void Campaign_WithoutRetries_AsksForEveryItemOnce()
    {
        var prompts = CampaignPrompts(options => options with { RetryShare = 0 });
        Assert.Equal(prompts.Count, prompts.Select(prompt => prompt.Text).Distinct().Count());
    }

    [Fact]
    public void Campaign_WithRetries_RepeatsTheShareAndAQuarterOfItElsewhere()
    {
        var prompts = CampaignPrompts(options => options with { RetryShare = 0.2, RetryElsewhere = 0.25 });
        var repeated = prompts.GroupBy(prompt => prompt.Text).Where(group => group.Count() > 1).ToArray();
        var repeats = repeated.Sum(group => group.Count() - 1) / (double)prompts.Count;
        var elsewhere = repeated.Count(group => group.Select(prompt => prompt.Account).Distinct().Count() > 1) / (double)repeated.Length;
        Assert.InRange(repeats, 0.15, 0.25);
        Assert.InRange(elsewhere, 0.12, 0.42);
    }

    [Fact]
    public void Campaign_WithRotation_ReplacesAccountsInItsSeats()
    {
        var campaign = SmallScenario.Campaign(CampaignFamily.HydraPlain, options => options with { Rotation = 20, RotationHours = 1 });
        var traffic = SmallScenario.Simulate(SmallScenario.With(campaign));
        var labels = traffic.Truth().Where(label => label.Campaign is not null).ToArray();
        Assert.InRange(labels.Length, 3 * campaign.Accounts, 6 * campaign.Accounts);
        Assert.All(labels, label => Assert.InRange(label.Interactions ?? 0, 5, 40));
    }

    [Fact]
    public void Campaign_WithCover_MixesUnrelatedTrafficIn()
    {
        var campaign = SmallScenario.Campaign(CampaignFamily.MixedProxy, options => options with { Cover = new Interval(0.5, 0.5) });
        var labels = SmallScenario.Simulate(SmallScenario.With(campaign)).Truth().Where(label => label.Campaign is not null).ToArray();
        var purity = labels.Sum(label => label.CampaignInteractions)!.Value / (double)labels.Sum(label => label.Interactions)!.Value;
        Assert.InRange(purity, 0.48, 0.52);
    }

    [Fact]
    public void Interactions_Cancelled_StopWithTheToken()
    {
        using var source = new CancellationTokenSource();
        var traffic = SmallScenario.Simulate(SmallScenario.With());
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (var _ in traffic.Interactions(source.Token))
            {
                source.Cancel();
            }
        });
    }

    [Fact]
    public void Create_ThatBreaksARule_SaysWhich()
    {
        var error = Assert.Throws<ScenarioException>(() => SmallScenario.Simulate(SmallScenario.With() with { Release = null }));
        Assert.Contains("population.release_surge", error.Message, StringComparison.Ordinal);
    }

    private static List<(AccountId Account, string Text)> CampaignPrompts(Func<CampaignOptions, CampaignOptions> change)
    {
        var traffic = SmallScenario.Simulate(SmallScenario.With(SmallScenario.Campaign(CampaignFamily.HydraPlain, change)));
        var members = traffic.Truth().Where(label => label.Campaign is not null).Select(label => label.Account).ToHashSet();
        return [.. SmallScenario.All(traffic).Where(interaction => members.Contains(interaction.Account))
            .Select(interaction => (interaction.Account, Encoding.UTF8.GetString(interaction.Request.Messages[^1].Content.Span)))];
    }
}
