using Stillwatch.Simulation.Networks;
using Stillwatch.Simulation.Randomness;
using Stillwatch.Simulation.Scenarios;

namespace Stillwatch.Simulation.Planning;

/// <summary>
/// Organisations of 1 to 50 accounts that run applications, batches or agents from servers, shared platforms or an office.
/// </summary>
internal sealed class OrganizationPlanner(PlanningContext context, BenignClass kind) : ClassPlanner(context, kind)
{
    private const int MaxAccounts = 50;
    private const int Small = 5;
    private const double UndeclaredShare = 0.12;
    private const double CodersAtHomeShare = 0.35;

    public override bool IsElastic => true;

    public override void Plan(Span<AccountPlan> accounts, Span<double> volumes)
    {
        for (var (first, number) = (0, 0); first < accounts.Length; number++)
        {
            var key = Context.GroupKey(Kind, number);
            var stream = new RandomStream(key, StreamPurpose.Group);
            var size = Math.Min(accounts.Length - first, Math.Min(MaxAccounts, (int)stream.Pareto(1, 1.25)));
            var office = Found(key, size, ref stream);
            var load = stream.LogNormal(1, 0.9);
            for (var i = first; i < first + size; i++)
            {
                accounts[i] = Join(office, i, ref stream);
                volumes[i] = OverTheScenario(load * NaturalVolume(ref stream));
            }

            first += size;
        }
    }

    private double NaturalVolume(ref RandomStream stream) => Kind switch
    {
        BenignClass.App => stream.LogNormal(40, 0.9),
        BenignClass.Batch => stream.LogNormal(220, 0.9),
        _ => stream.LogNormal(75, 0.8),
    };

    /// <summary>What the accounts of one organisation have in common.</summary>
    private AccountPlan Found(ulong key, int size, ref RandomStream stream)
    {
        var office = NewAccount(0) with { GroupKey = key };
        Persons.Settle(ref office, ref stream);
        var atHome = Kind == BenignClass.Agent && size == 1 && stream.Chance(CodersAtHomeShare);
        office.Organization = atHome || (size <= Small && stream.Chance(UndeclaredShare)) ? null : Names.Organization(key);
        office.MailDomain = atHome ? office.MailDomain : MailDomains.Own(key);
        office.Payment = RandomStream.Derive(key, StreamPurpose.Registration) | 1;
        office.IsConsumer = false;
        office.Way = stream.Pick<string>(["api", "api", "api", "api", "startup", "research"]);
        office.Program = Context.Clients.Draw(ClientKind.Sdk, ref stream);
        office.Style = ParameterStyles.Draw(ref stream);
        office.Cadence = Cadence(ref stream);
        if (!atHome)
        {
            Host(ref office, ref stream);
        }

        return office;
    }

    private void Host(ref AccountPlan office, ref RandomStream stream)
    {
        var country = CountryCatalogue.Shared.Countries[office.Country];
        var place = stream.Unit();
        if (place < 0.25)
        {
            office.Home = stream.Pick<AddressSlot>(Context.Egress);
            office.Second = stream.Pick<AddressSlot>(Context.Egress);
            office.Third = stream.Chance(0.5) ? stream.Pick<AddressSlot>(Context.Egress) : default;
            return;
        }

        var kind = place < 0.85 ? NetworkKind.Hosting : NetworkKind.Residential;
        office.Home = PlanningContext.Address(kind, country.Code, ref stream);
        office.Second = stream.Chance(0.4) ? office.Home with { Host = office.Home.Host + (uint)stream.Between(1, 40) } : default;
        office.Third = stream.Chance(0.15) ? PlanningContext.Address(kind, country.Code, ref stream) : default;
    }

    private AccountPlan Join(in AccountPlan office, int number, ref RandomStream shared)
    {
        var plan = office with { Key = NewAccount(number).Key };
        var stream = new RandomStream(plan.Key, StreamPurpose.Registration);
        Persons.Age(ref plan, ref stream);
        Persons.ChooseModel(ref plan, ref stream);
        plan.Model = shared.Chance(0.7) ? office.Model : plan.Model;
        plan.PivotSecond = stream.Chance(0.7) ? office.PivotSecond : plan.PivotSecond;
        plan.Payment = stream.Chance(0.85) ? office.Payment : RandomStream.Derive(plan.Key, StreamPurpose.Registration) | 1;
        plan.Program = stream.Chance(0.75) ? office.Program : Context.Clients.Draw(ClientKind.Sdk, ref stream);
        plan.Style = stream.Chance(0.6) ? office.Style : ParameterStyles.Draw(ref stream);
        plan.Workload = Kind switch
        {
            BenignClass.App => WorkloadKind.Application,
            BenignClass.Batch => WorkloadKind.Batch,
            _ => WorkloadKind.Agent,
        };
        return plan;
    }

    private Cadence Cadence(ref RandomStream stream) => Kind switch
    {
        BenignClass.App => new()
        {
            Rhythm = stream.Pick<Rhythm>([Rhythm.Office, Rhythm.Served, Rhythm.Served, Rhythm.AlwaysOn, Rhythm.Scheduled]),
            ActiveDays = (float)stream.Uniform(0.6, 1),
            DaySigma = 0.5f,
            UnitsPerSession = (float)Math.Min(30, stream.LogNormal(2, 0.8)),
            TurnsPerUnit = stream.Chance(0.3) ? 2.2f : 1,
            GapSeconds = (float)stream.LogNormal(12, 1),
            GapSigma = 1.5f,
        },
        BenignClass.Batch => new()
        {
            Rhythm = stream.Pick<Rhythm>([Rhythm.Office, Rhythm.Scheduled, Rhythm.Waking, Rhythm.AlwaysOn]),
            ActiveDays = (float)stream.Uniform(0.08, 0.4),
            DaySigma = 1,
            UnitsPerSession = 1,
            TurnsPerUnit = (float)stream.LogNormal(120, 0.8),
            GapSeconds = (float)stream.LogNormal(1.6, 0.9),
            GapSigma = 1.2f,
        },
        _ => new()
        {
            Rhythm = stream.Pick<Rhythm>([Rhythm.Office, Rhythm.Waking, Rhythm.AlwaysOn]),
            ActiveDays = (float)stream.Uniform(0.3, 0.9),
            DaySigma = 0.8f,
            UnitsPerSession = 1.5f,
            TurnsPerUnit = (float)Math.Min(40, stream.LogNormal(9, 0.5)),
            GapSeconds = (float)stream.LogNormal(9, 0.4),
            GapSigma = 0.9f,
        },
    };
}
