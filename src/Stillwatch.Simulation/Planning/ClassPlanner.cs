using Stillwatch.Simulation.Randomness;
using Stillwatch.Simulation.Scenarios;

namespace Stillwatch.Simulation.Planning;

/// <summary>Plans all accounts of one benign class.</summary>
internal abstract class ClassPlanner(PlanningContext context, BenignClass kind)
{
    private const double ReferenceDays = 14;

    protected PlanningContext Context { get; } = context;

    protected Persons Persons { get; } = new(context);

    public BenignClass Kind { get; } = kind;

    /// <summary>Whether volumes of this class are scaled to meet the wished number of benign interactions.</summary>
    public virtual bool IsElastic => false;

    /// <summary>Plans the accounts and notes the natural volume of each, which need not be whole.</summary>
    public abstract void Plan(Span<AccountPlan> accounts, Span<double> volumes);

    /// <summary>Natural volumes are given for a fortnight; those of other lengths grow nearly in proportion.</summary>
    protected double OverTheScenario(double fortnight) => fortnight * Math.Pow(Context.Scenario.Days / ReferenceDays, 0.95);

    /// <summary>An account with its key and the class, otherwise empty.</summary>
    protected AccountPlan NewAccount(int number)
    {
        var key = RandomStream.Derive(Context.Seed, StreamPurpose.Account, ((ulong)Kind << 40) | (uint)number);
        return new AccountPlan
        {
            Key = key,
            GroupKey = key,
            Campaign = AccountPlan.NoCampaign,
            Class = Kind,
            Way = "api",
            PivotSecond = AccountPlan.Never,
            ActiveUntil = Context.Seconds,
        };
    }
}
