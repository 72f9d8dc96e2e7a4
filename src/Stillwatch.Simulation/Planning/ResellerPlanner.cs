using Stillwatch.Simulation.Networks;
using Stillwatch.Simulation.Randomness;
using Stillwatch.Simulation.Scenarios;

namespace Stillwatch.Simulation.Planning;

/// <summary>Declared accounts that serve 30 to 200 customers each.</summary>
internal sealed class ResellerPlanner(PlanningContext context) : ClassPlanner(context, BenignClass.Reseller)
{
    public override bool IsElastic => true;

    public override void Plan(Span<AccountPlan> accounts, Span<double> volumes)
    {
        for (var i = 0; i < accounts.Length; i++)
        {
            var plan = NewAccount(i);
            var stream = new RandomStream(plan.Key, StreamPurpose.Registration);
            Persons.Settle(ref plan, ref stream);
            plan.Organization = Names.Organization(plan.Key);
            plan.MailDomain = MailDomains.Own(plan.Key);
            plan.Payment = RandomStream.Derive(plan.Key, StreamPurpose.Registration) | 1;
            plan.IsConsumer = false;
            plan.Way = "reseller";
            plan.Program = Context.Clients.Draw(ClientKind.Sdk, ref stream);
            plan.Home = PlanningContext.Address(NetworkKind.Hosting, CountryCatalogue.Shared.Countries[plan.Country].Code, ref stream);
            plan.Second = plan.Home with { Host = plan.Home.Host + 1 };
            plan.Third = default;
            plan.Workload = WorkloadKind.Resale;
            plan.Cadence = ChatterPlanner.Cadence(ref stream) with { Rhythm = Rhythm.Served, ActiveDays = 1, DaySigma = 0.2f };
            volumes[i] = OverTheScenario(stream.LogNormal(900, 1));
            accounts[i] = plan;
        }
    }
}
