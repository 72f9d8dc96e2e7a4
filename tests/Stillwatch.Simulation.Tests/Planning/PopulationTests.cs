using Stillwatch.Interactions;
using Stillwatch.Simulation.Planning;
using Stillwatch.Simulation.Scenarios;

namespace Stillwatch.Simulation.Tests.Planning;

/// <summary>What a population of some thousand accounts looks like: the sharing that makes benign classes hard.</summary>
public sealed class PopulationTests
{
    private static readonly SimulatedTraffic Traffic = SimulatedTraffic.Create(
        BuiltInScenarios.Get("null"), new SimulationOptions { Seed = 3 }, CancellationToken.None);

    [Fact]
    public void Tools_AreSharedByEightToTwoHundredStrangers()
    {
        var tools = Of(BenignClass.ToolUser).GroupBy(account => account.GroupKey).ToArray();
        Assert.All(tools, tool => Assert.InRange(tool.Count(), 8, 200));
        Assert.All(tools, tool => Assert.True(tool.Select(user => user.Payment).Distinct().Count() == tool.Count()));
    }

    [Fact]
    public void Exits_AreSharedByManyStrangers()
    {
        var exits = Of(BenignClass.VpnExit).GroupBy(account => account.Home).ToArray();
        Assert.All(exits, exit => Assert.InRange(exit.Count(), 40, 600));
    }

    [Fact]
    public void Organizations_ShareAndSomeDoNotDeclareThemselves()
    {
        var groups = Of(BenignClass.App).GroupBy(account => account.GroupKey).ToArray();
        Assert.All(groups, group => Assert.InRange(group.Count(), 1, 50));
        Assert.Contains(groups, group => group.Count() > 5);
        Assert.InRange(groups.Count(group => group.First().Organization is null) / (double)groups.Length, 0.04, 0.2);
        var large = groups.Where(group => group.Count() > 5).ToArray();
        var together = large.Sum(group => group.CountBy(account => account.Payment).Max(pair => pair.Value));
        Assert.InRange(together / (double)large.Sum(group => group.Count()), 0.7, 0.95);
    }

    [Fact]
    public void Classrooms_HaveOneCampusAndOneMailDomain()
    {
        var classes = Of(BenignClass.Classroom).GroupBy(account => account.GroupKey).ToArray();
        Assert.All(classes, members => Assert.InRange(members.Count(), 20, 79));
        Assert.All(classes, members => Assert.Single(members.Select(student => student.MailDomain).Distinct()));
        Assert.All(classes, members => Assert.InRange(members.Select(student => student.Home).Distinct().Count(), 1, 4));
    }

    [Fact]
    public void Chatters_AreSometimesBehindSharedAddresses()
    {
        var chatters = Of(BenignClass.Chatter);
        var shared = chatters.GroupBy(account => account.Home).Where(group => group.Count() > 1).Sum(group => group.Count());
        Assert.InRange(shared / (double)chatters.Length, 0.03, 0.3);
    }

    [Fact]
    public void Volumes_AreHeavyTailed()
    {
        var volumes = Traffic.Plan.Accounts.Select(account => account.Volume).OrderDescending().ToArray();
        var top = volumes.Take(volumes.Length / 10).Sum(volume => (double)volume) / volumes.Sum(volume => (double)volume);
        Assert.InRange(top, 0.55, 0.9);
    }

    [Fact]
    public void Release_IsTakenUpByItsShareAndByHalfOfThoseOnTheFirstDay()
    {
        var release = (int)(5.7 * DayWeights.SecondsPerDay);
        var others = Traffic.Plan.Accounts.Where(account => account.Class == BenignClass.Chatter).ToArray();
        var movers = others.Where(account => account.PivotSecond != AccountPlan.Never).ToArray();
        Assert.InRange(movers.Length / (double)others.Length, 0.55, 0.65);
        Assert.InRange(movers.Count(account => account.PivotSecond < release + 86_400) / (double)movers.Length, 0.45, 0.55);
        Assert.All(movers, account => Assert.True(account.PivotSecond >= release));
    }

    [Fact]
    public void Accounts_InTheFile_AreInAnOrderThatTellsNothing()
    {
        var names = Traffic.Accounts().Select(account => account.Account.Value).ToArray();
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        var firstHalf = Traffic.Truth().Take(names.Length / 2).Count(truth => truth.Class == "chatter");
        Assert.InRange(firstHalf / (double)Of(BenignClass.Chatter).Length, 0.46, 0.54);
    }

    [Fact]
    public void Accounts_KeyAndConsumer_GoTogether()
    {
        var registered = Traffic.Accounts().ToDictionary(account => account.Account);
        for (var number = 0; number < Traffic.AccountCount; number++)
        {
            var way = registered[new AccountId(Traffic.Plan.Names[number])].Program;
            Assert.Equal(Traffic.Plan.ApiKeys[number] is null, Traffic.Plan.Accounts[number].IsConsumer);
            Assert.True(way != "consumer" || Traffic.Plan.ApiKeys[number] is null);
        }
    }

    private static AccountPlan[] Of(BenignClass kind) => [.. Traffic.Plan.Accounts.Where(account => account.Class == kind)];
}
