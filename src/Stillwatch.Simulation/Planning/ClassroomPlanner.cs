using Stillwatch.Simulation.Networks;
using Stillwatch.Simulation.Randomness;
using Stillwatch.Simulation.Scenarios;

namespace Stillwatch.Simulation.Planning;

/// <summary>Classes of 20 to 60 students: no organisation, one campus, one mail domain, the same questions within the same hours.</summary>
internal sealed class ClassroomPlanner(PlanningContext context) : ClassPlanner(context, BenignClass.Classroom)
{
    private const int MinStudents = 20;
    private const int MaxStudents = 60;

    public override void Plan(Span<AccountPlan> accounts, Span<double> volumes)
    {
        for (var (first, number) = (0, 0); first < accounts.Length; number++)
        {
            var key = Context.GroupKey(Kind, number);
            var stream = new RandomStream(key, StreamPurpose.Group);
            var students = stream.Between(MinStudents, MaxStudents);
            students = accounts.Length - first - students < MinStudents ? accounts.Length - first : students;
            var country = CountryCatalogue.Shared.Draw(ref stream);
            var campus = PlanningContext.Address(NetworkKind.Campus, CountryCatalogue.Shared.Countries[country].Code, ref stream);
            var enrolled = stream.Below(60);
            for (var i = first; i < first + students; i++)
            {
                accounts[i] = Student(i, key, (country, campus, enrolled), out volumes[i]);
            }

            first += students;
        }
    }

    private AccountPlan Student(int number, ulong key, (byte Country, AddressSlot Campus, int Enrolled) course, out double volume)
    {
        var plan = NewAccount(number);
        var stream = new RandomStream(plan.Key, StreamPurpose.Registration);
        Persons.Settle(ref plan, ref stream);
        var country = CountryCatalogue.Shared.Countries[course.Country];
        plan.GroupKey = key;
        (plan.Country, plan.UtcOffset) = (course.Country, country.UtcOffset);
        plan.Home = course.Campus with { Host = course.Campus.Host + (uint)stream.Below(4) };
        plan.Second = Persons.Residential(country, ref stream);
        plan.Third = default;
        plan.MailDomain = MailDomains.Own(key);
        plan.Payment = 0;
        plan.Way = "education";
        plan.CreatedMs = Context.StartMs - (((course.Enrolled * 24L) + stream.Below(60)) * 3_600_000L);
        plan.ActiveFrom = 0;
        plan.Workload = WorkloadKind.Assignment;
        plan.Cadence = ChatterPlanner.Cadence(ref stream) with { Rhythm = Rhythm.Timetable, ActiveDays = 0.75f, TurnsPerUnit = 1.6f };
        volume = OverTheScenario(stream.LogNormal(10, 0.6));
        return plan;
    }
}
