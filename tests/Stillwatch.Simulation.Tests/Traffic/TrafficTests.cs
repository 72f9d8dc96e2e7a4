using Stillwatch.Interactions;
using Stillwatch.Simulation.Scenarios;

namespace Stillwatch.Simulation.Tests.Traffic;

public sealed class TrafficTests
{
    private const long MsPerHour = 3_600_000;

    [Fact]
    public void Campaign_RoundTheClock_LoadsAllHoursAlike()
    {
        var hours = HoursOf(SmallScenario.Campaign(CampaignFamily.HydraPlain));
        Assert.InRange(hours.Max() / (double)hours.Average(), 1, 1.7);
        Assert.InRange(hours.Min() / (double)hours.Average(), 0.5, 1);
    }

    [Fact]
    public void Campaign_FedByOneQueue_HasFullAndLeanHoursInCommon()
    {
        var campaign = SmallScenario.Campaign(CampaignFamily.HydraPlain) with { Accounts = 40, Exchanges = 12_000 };
        var members = Simulate(campaign).Members;
        var names = members.Select(interaction => interaction.Account).Distinct().ToArray();
        var first = Loads(members, names.Take(20));
        var second = Loads(members, names.Skip(20));
        var whole = first.Keys.Min() / 24;
        var hours = first.Keys.Intersect(second.Keys).Where(hour => hour / 24 > whole && hour / 24 < whole + 5).ToArray();
        Assert.True(Correlation([.. hours.Select(hour => first[hour])], [.. hours.Select(hour => second[hour])]) > 0.3);
    }

    [Fact]
    public void Campaign_AtOfficeHours_RestsAtNightAndAtWeekends()
    {
        var campaign = SmallScenario.Campaign(CampaignFamily.HydraPlain, options => options with { Rhythm = CampaignRhythm.Office });
        var hours = HoursOf(campaign).Order().ToArray();
        Assert.True(hours[..8].Sum() < 0.1 * hours.Sum());
    }

    [Fact]
    public void Campaign_WithADailyMeasure_KeepsIt()
    {
        var campaign = SmallScenario.Campaign(CampaignFamily.LowAndSlow) with { Accounts = 20, Exchanges = 1100 };
        var (traffic, members) = Simulate(campaign);
        var daily = members.CountBy(interaction => (interaction.Account, interaction.ObservedAtMs / (24 * MsPerHour)))
            .Select(day => day.Value).ToArray();
        Assert.InRange(daily.Average(), 5, 25);
        Assert.True(daily.Max() < 60);
        Assert.NotNull(traffic);
    }

    [Fact]
    public void Campaign_InStep_MovesToTheReleaseTogether()
    {
        var campaign = SmallScenario.Campaign(CampaignFamily.HydraPlain, options => options with { Pivot = new ModelPivot(1, 12, true) });
        var first = FirstUse(campaign);
        Assert.True(first.Order().ElementAt(first.Length * 3 / 4) - first.Min() < 4 * MsPerHour);
    }

    [Fact]
    public void Campaign_OutOfStep_MovesOverTheHours()
    {
        var campaign = SmallScenario.Campaign(CampaignFamily.HydraPlain, options => options with { Pivot = new ModelPivot(1, 40, false) });
        var first = FirstUse(campaign);
        Assert.True(first.Max() - first.Min() > 12 * MsPerHour);
    }

    [Fact]
    public void Memory_OfALongRunOfManyAccounts_DoesNotGrowWithTheInteractions()
    {
        const long bound = 160L << 20;
        var scenario = BuiltInScenarios.Get("headline") with { Scale = 0.05 };
        var traffic = SmallScenario.Simulate(scenario);
        Assert.True(traffic.AccountCount > 50_000);
        var (batches, early, late) = (0, 0L, 0L);
        foreach (var _ in traffic.Interactions(TestContext.Current.CancellationToken).Take(360))
        {
            batches++;
            if (batches % 60 == 0)
            {
                var held = GC.GetTotalMemory(forceFullCollection: true);
                (early, late) = batches == 60 ? (held, held) : (early, Math.Max(late, held));
            }
        }

        Assert.True(late < bound, $"{late >> 20} MB held, {early >> 20} MB at first");
    }

    // Exchanges of each hour as a share of its day, so that busy and quiet days do not count.
    private static Dictionary<long, double> Loads(List<Interaction> members, IEnumerable<AccountId> accounts)
    {
        var chosen = accounts.ToHashSet();
        var chosenMembers = members.Where(interaction => chosen.Contains(interaction.Account));
        var times = chosenMembers.Select(interaction => interaction.ObservedAtMs).ToArray();
        var days = times.CountBy(time => time / (24 * MsPerHour)).ToDictionary();
        return times.CountBy(time => time / MsPerHour).ToDictionary(pair => pair.Key, pair => pair.Value / (double)days[pair.Key / 24]);
    }

    private static double Correlation(double[] first, double[] second)
    {
        var (meanOfFirst, meanOfSecond) = (first.Average(), second.Average());
        var covariance = first.Zip(second).Sum(pair => (pair.First - meanOfFirst) * (pair.Second - meanOfSecond));
        var variances = first.Sum(load => Math.Pow(load - meanOfFirst, 2)) * second.Sum(load => Math.Pow(load - meanOfSecond, 2));
        return covariance / Math.Sqrt(variances);
    }

    private static int[] HoursOf(CampaignScenario campaign) =>
        [.. Simulate(campaign).Members.CountBy(interaction => interaction.ObservedAtMs / MsPerHour % 24).Select(pair => pair.Value)];

    private static long[] FirstUse(CampaignScenario campaign) =>
        [.. Simulate(campaign).Members.Where(interaction => interaction.Model == "third")
            .GroupBy(interaction => interaction.Account).Select(uses => uses.Min(use => use.ObservedAtMs))];

    private static (SimulatedTraffic Traffic, List<Interaction> Members) Simulate(CampaignScenario campaign)
    {
        var traffic = SmallScenario.Simulate(SmallScenario.With(campaign));
        var members = traffic.Truth().Where(truth => truth.Campaign is not null).Select(truth => truth.Account).ToHashSet();
        return (traffic, SmallScenario.All(traffic).FindAll(interaction => members.Contains(interaction.Account)));
    }
}
