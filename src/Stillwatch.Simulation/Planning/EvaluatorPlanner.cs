using Stillwatch.Simulation.Networks;
using Stillwatch.Simulation.Randomness;
using Stillwatch.Simulation.Scenarios;

namespace Stillwatch.Simulation.Planning;

/// <summary>Strangers who run public benchmarks with public harnesses.</summary>
internal sealed class EvaluatorPlanner(PlanningContext context) : ClassPlanner(context, BenignClass.Evaluator)
{
    public override void Plan(Span<AccountPlan> accounts, Span<double> volumes)
    {
        for (var i = 0; i < accounts.Length; i++)
        {
            var plan = NewAccount(i);
            var stream = new RandomStream(plan.Key, StreamPurpose.Registration);
            Persons.Settle(ref plan, ref stream);
            var benchmark = stream.Zipf(Benchmark.Count);
            plan.GroupKey = Context.GroupKey(Kind, benchmark);
            plan.IsConsumer = false;
            plan.Way = stream.Chance(0.5) ? "research" : "api";
            plan.Home = stream.Chance(0.6)
                ? PlanningContext.Address(NetworkKind.Hosting, CountryCatalogue.Shared.Countries[plan.Country].Code, ref stream)
                : plan.Home;
            (plan.Second, plan.Third) = (default, default);
            var harness = new RandomStream(plan.GroupKey, StreamPurpose.Group);
            plan.Style = ParameterStyles.Draw(ref harness);
            plan.Program = stream.Chance(0.7)
                ? Context.Clients.Draw(ClientKind.Sdk, ref harness) : Context.Clients.Draw(ClientKind.Sdk, ref stream);
            plan.Workload = WorkloadKind.Benchmark;
            plan.Cadence = Runs(ref stream);
            volumes[i] = Benchmark.Size(plan.GroupKey) * Math.Min(4, stream.Geometric(1.4));
            accounts[i] = plan;
        }
    }

    private static Cadence Runs(ref RandomStream stream) => new()
    {
        Rhythm = stream.Chance(0.5) ? Rhythm.Office : Rhythm.Waking,
        ActiveDays = (float)stream.Uniform(0.05, 0.2),
        DaySigma = 0.3f,
        UnitsPerSession = 1,
        TurnsPerUnit = 2000,
        GapSeconds = (float)stream.LogNormal(2, 0.8),
        GapSigma = 0.5f,
    };
}
