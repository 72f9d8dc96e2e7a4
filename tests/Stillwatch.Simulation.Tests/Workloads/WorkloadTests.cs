using System.Text;
using Stillwatch.Interactions;
using Stillwatch.Simulation.Scenarios;
using Stillwatch.Simulation.Workloads;

namespace Stillwatch.Simulation.Tests.Workloads;

public sealed class WorkloadTests
{
    private static readonly SimulatedTraffic Traffic = SimulatedTraffic.Create(
        SmallScenario.With(), new SimulationOptions { Seed = 11 }, CancellationToken.None);

    private static readonly ILookup<string, Interaction> ByClass = Lookup(Traffic);

    [Fact]
    public void Prompts_HaveRealisticLengths()
    {
        var lengths = ByClass.SelectMany(kind => kind).Select(interaction => LastUser(interaction).Length).Order().ToArray();
        Assert.InRange(lengths[lengths.Length / 2], 150, 350);
        Assert.InRange(lengths[lengths.Length * 9 / 10], 400, 1500);
        Assert.True(lengths[^1] < 20_000);
    }

    [Fact]
    public void Prompts_AreValidUtf8() => Assert.All(
        ByClass.SelectMany(kind => kind).SelectMany(interaction => interaction.Request.Messages),
        message => new UTF8Encoding(false, true).GetCharCount(message.Content.Span));

    [Fact]
    public void Chatters_CarryTheConversationSoFar()
    {
        var longer = ByClass["chatter"].Where(interaction => interaction.Request.Messages.Count >= 3).ToArray();
        Assert.NotEmpty(longer);
        Assert.All(longer, interaction => Assert.Equal("assistant", interaction.Request.Messages[^2].Role));
        var openings = ByClass["chatter"].GroupBy(interaction => (interaction.Account, First(interaction)));
        Assert.Contains(openings, group => group.Count() > 1);
    }

    [Fact]
    public void Evaluators_OfOneBenchmark_SendTheSameItemsInTheSameOrder()
    {
        var scenario = SmallScenario.With() with
        {
            Population = new Dictionary<BenignClass, int> { [BenignClass.Evaluator] = 25 },
            BenignInteractions = null,
        };
        var runs = Lookup(SmallScenario.Simulate(scenario))["evaluator"].GroupBy(interaction => interaction.Account)
            .Select(run => run.Select(LastUser).Take(30).ToArray()).ToArray();
        Assert.Contains(
            from first in runs from second in runs where first != second select first.Zip(second).Count(pair => pair.First == pair.Second),
            same => same > 20);
    }

    [Fact]
    public void Classrooms_AskTheSameQuestionsOnTheSameDay()
    {
        var questions = ByClass["classroom"].Where(interaction => interaction.Request.Messages.Count == 1)
            .GroupBy(interaction => (LastUser(interaction), interaction.ObservedAtMs / 86_400_000));
        Assert.Contains(questions, group => group.Select(interaction => interaction.Account).Distinct().Count() > 3);
    }

    [Fact]
    public void Agents_LoopOverTools()
    {
        Assert.All(ByClass["agent"], interaction => Assert.NotEmpty(interaction.Request.Tools));
        Assert.Contains(ByClass["agent"], interaction => interaction.Request.Messages[^1].Role == "tool");
        Assert.Contains(ByClass["agent"], interaction => interaction.FinishReason == "tool_calls");
    }

    [Fact]
    public void Resellers_HaveManyTopicsBehindOneAddressRange()
    {
        var account = ByClass["reseller"].GroupBy(interaction => interaction.Account).MaxBy(group => group.Count())!;
        Assert.InRange(account.Select(interaction => interaction.Client.Address).Distinct().Count(), 1, 2);
        Assert.All(account, interaction => Assert.NotNull(interaction.Organization));
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 1000, 1500)]
    [InlineData(2, 1000, 1500)]
    public void Campaign_Wrappers_AreAsManyAsTheParaphraseLevelSays(int level, int fewest, int most)
    {
        var campaign = SmallScenario.Campaign(CampaignFamily.HydraPlain, options => options with { Paraphrase = level, RetryShare = 0 });
        var plan = SmallScenario.Simulate(SmallScenario.With(campaign)).Plan;
        var list = new WorkList(plan, plan.Campaigns[0]);
        var wrappers = Enumerable.Range(0, 1500).Select(item => list.Describe(item).WrapperKey).Distinct().Count();
        Assert.InRange(wrappers, fewest, most);
    }

    [Fact]
    public void Campaign_OfOneWrapper_SendsItWithEveryItem()
    {
        var campaign = SmallScenario.Campaign(CampaignFamily.HydraPlain, options => options with { Capability = Capability.Rewriting });
        var texts = Lookup(SmallScenario.Simulate(SmallScenario.With(campaign)))["hydra_plain"].Select(Whole).ToArray();
        var common = texts.Select(Words).Aggregate((all, next) => [.. all.Intersect(next)]);
        Assert.True(common.Count > 12, string.Join(' ', common));
    }

    [Fact]
    public void Campaigns_OfTwoIds_HaveNoItemInCommon()
    {
        var first = SmallScenario.Campaign(CampaignFamily.HydraPlain);
        var traffic = SmallScenario.Simulate(SmallScenario.With(first, first with { Id = "other", Family = CampaignFamily.LowAndSlow }));
        var all = Lookup(traffic);
        Assert.Empty(all["hydra_plain"].Select(LastUser).Intersect(all["low_and_slow"].Select(LastUser)));
    }

    private static ILookup<string, Interaction> Lookup(SimulatedTraffic traffic)
    {
        var classes = traffic.Truth().ToDictionary(truth => truth.Account, truth => truth.Class!);
        return SmallScenario.All(traffic).ToLookup(interaction => classes[interaction.Account]);
    }

    private static string Whole(Interaction interaction) =>
        (interaction.Request.System is { } system ? Encoding.UTF8.GetString(system.Span) : string.Empty) + "\n" + LastUser(interaction);

    private static HashSet<string> Words(string text) => [.. text.Split([' ', '\n'])];

    private static string First(Interaction interaction) => Encoding.UTF8.GetString(interaction.Request.Messages[0].Content.Span);

    private static string LastUser(Interaction interaction) =>
        Encoding.UTF8.GetString(interaction.Request.Messages.Last(message => message.Role == "user").Content.Span);
}
