using Stillwatch.Simulation.Randomness;
using Stillwatch.Simulation.Scenarios;

namespace Stillwatch.Simulation.Planning;

/// <summary>People in conversation: at home, behind VPN exits, or newly registered for a released model.</summary>
internal sealed class ChatterPlanner(PlanningContext context, BenignClass kind) : ClassPlanner(context, kind)
{
    private const double MedianVolume = 6;
    private const double VolumeSigma = 1.1;
    private const double MeanSurgeDelayHours = 30;

    public override void Plan(Span<AccountPlan> accounts, Span<double> volumes)
    {
        for (var i = 0; i < accounts.Length; i++)
        {
            var plan = NewAccount(i);
            var stream = new RandomStream(plan.Key, StreamPurpose.Registration);
            Persons.Settle(ref plan, ref stream);
            plan.Workload = WorkloadKind.Conversation;
            plan.Cadence = Cadence(ref stream);
            volumes[i] = OverTheScenario(stream.LogNormal(MedianVolume, VolumeSigma));
            Specialize(ref plan, ref stream);
            accounts[i] = plan;
        }
    }

    /// <summary>How a person chats.</summary>
    public static Cadence Cadence(ref RandomStream stream) => new()
    {
        Rhythm = Rhythm.Waking,
        ActiveDays = (float)Math.Min(0.95, stream.LogNormal(0.3, 0.6)),
        DaySigma = 0.8f,
        UnitsPerSession = 1.3f,
        TurnsPerUnit = (float)Math.Min(12, stream.LogNormal(2.6, 0.5)),
        GapSeconds = (float)stream.LogNormal(75, 0.5),
        GapSigma = 1.1f,
    };

    private void Specialize(ref AccountPlan plan, ref RandomStream stream)
    {
        switch (Kind)
        {
            case BenignClass.VpnExit:
                plan.Home = Exit(ref stream);
                plan.Second = stream.Chance(0.6) ? Exit(ref stream) : default;
                plan.Third = stream.Chance(0.3) ? Exit(ref stream) : default;
                break;
            case BenignClass.ReleaseSurge:
                Surge(ref plan, ref stream);
                break;
            default:
                break;
        }
    }

    // Exits are not equally popular: the busiest is shared by some ten times as many as the quietest.
    private Networks.AddressSlot Exit(ref RandomStream stream) =>
        Context.Exits[(int)(Math.Pow(stream.Unit(), 1.5) * Context.Exits.Length)];

    private void Surge(ref AccountPlan plan, ref RandomStream stream)
    {
        var delay = Math.Min(Context.Seconds - Context.ReleaseSecond - 1.0, stream.Exponential(MeanSurgeDelayHours * 3600));
        plan.ActiveFrom = Context.ReleaseSecond + (int)delay;
        plan.CreatedMs = Context.StartMs + (plan.ActiveFrom * 1000L) - stream.Below(1_200_000) - 20_000;
        plan.PivotSecond = 0;
        plan.Cadence.ActiveDays = Math.Max(plan.Cadence.ActiveDays, 0.5f);
    }
}
