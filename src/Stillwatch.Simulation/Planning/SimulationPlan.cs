using Stillwatch.Simulation.Networks;
using Stillwatch.Simulation.Scenarios;

namespace Stillwatch.Simulation.Planning;

/// <summary>Everything that is decided before the first interaction. Immutable; its memory grows with the accounts only.</summary>
internal sealed class SimulationPlan
{
    private SimulationPlan(PlanningContext context, AccountPlan[] accounts, CampaignPlan[] campaigns)
    {
        (Scenario, Seed, StartMs, Clients) = (context.Scenario, context.Seed, context.StartMs, context.Clients);
        (Accounts, Campaigns) = (accounts, campaigns);
        ReleasedModel = context.ReleasedModel;
        FirstWeekday = (int)context.Scenario.Start.DayOfWeek;
        Names = new string[accounts.Length];
        ApiKeys = new string?[accounts.Length];
        DayWeightTotals = new double[accounts.Length];
        Parallel.For(0, accounts.Length, Complete);
        Interactions = accounts.Sum(account => (long)account.Total);
    }

    /// <summary>The scenario with its scale applied.</summary>
    public Scenario Scenario { get; }

    /// <summary>The root of all random streams.</summary>
    public ulong Seed { get; }

    /// <summary>The scenario's start in milliseconds since 1970-01-01T00:00:00Z.</summary>
    public long StartMs { get; }

    /// <summary>Weekday of the first day, Sunday being 0.</summary>
    public int FirstWeekday { get; }

    /// <summary>Client programs, the named ones of this scenario included.</summary>
    public ClientCatalogue Clients { get; }

    /// <summary>Benign accounts first, then those of the campaigns.</summary>
    public AccountPlan[] Accounts { get; }

    /// <summary>The campaigns.</summary>
    public CampaignPlan[] Campaigns { get; }

    /// <summary>Names of the accounts, by number.</summary>
    public string[] Names { get; }

    /// <summary>Key identifiers of the accounts; null for users of the provider's application.</summary>
    public string?[] ApiKeys { get; }

    /// <summary>Sum of each account's day weights.</summary>
    public double[] DayWeightTotals { get; }

    /// <summary>Index of the released model; -1 without a release.</summary>
    public int ReleasedModel { get; }

    /// <summary>All interactions that will be generated.</summary>
    public long Interactions { get; }

    public static SimulationPlan Make(Scenario scenario, ulong seed, CancellationToken cancellation)
    {
        var context = new PlanningContext(ScenarioScale.Apply(scenario), seed);
        var accounts = new List<AccountPlan>(new PopulationPlanner(context).Plan(cancellation));
        var campaigns = new CampaignPlan[context.Scenario.Campaigns.Count];
        for (var i = 0; i < campaigns.Length; i++)
        {
            campaigns[i] = new CampaignPlanner(context, i).Plan(accounts, cancellation);
        }

        return new SimulationPlan(context, [.. accounts], campaigns);
    }

    private void Complete(int number)
    {
        ref readonly var plan = ref Accounts[number];
        Names[number] = Planning.Names.Account(Seed, number);
        ApiKeys[number] = plan.IsConsumer ? null : Planning.Names.ApiKey(plan.Key);
        DayWeightTotals[number] = DayWeights.Total(plan, Scenario.Days, FirstWeekday);
    }
}
