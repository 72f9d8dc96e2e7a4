using System.Globalization;
using Stillwatch.Simulation.Networks;
using Stillwatch.Simulation.Randomness;
using Stillwatch.Simulation.Scenarios;

namespace Stillwatch.Simulation.Planning;

/// <summary>Strangers who use the same tool with keys of their own: its templates, parameters and often its user agent.</summary>
internal sealed class ToolUserPlanner(PlanningContext context) : ClassPlanner(context, BenignClass.ToolUser)
{
    private const int MinUsers = 8;
    private const int MaxUsers = 200;

    public override void Plan(Span<AccountPlan> accounts, Span<double> volumes)
    {
        for (var (first, tool) = (0, 0); first < accounts.Length; tool++)
        {
            var stream = new RandomStream(Context.GroupKey(Kind, tool), StreamPurpose.Group);
            var users = Math.Clamp((int)stream.LogNormal(28, 0.9), MinUsers, MaxUsers);
            users = accounts.Length - first - users < MinUsers ? Math.Min(MaxUsers, accounts.Length - first) : users;
            var named = stream.Chance(0.45) ? Context.Clients.AddNamed(ToolName(tool, ref stream), ref stream) : (ushort?)null;
            var program = named ?? Context.Clients.Draw(ClientKind.Sdk, ref stream);
            var style = ParameterStyles.Draw(ref stream);
            for (var i = first; i < first + users; i++)
            {
                accounts[i] = User(i, tool, (program, style), out volumes[i]);
            }

            first += users;
        }
    }

    private AccountPlan User(int number, int tool, (ushort Program, byte Style) shared, out double volume)
    {
        var plan = NewAccount(number);
        var stream = new RandomStream(plan.Key, StreamPurpose.Registration);
        Persons.Settle(ref plan, ref stream);
        plan.GroupKey = Context.GroupKey(Kind, tool);
        plan.Workload = WorkloadKind.Tool;
        plan.IsConsumer = false;
        plan.Way = "api";
        plan.Payment = RandomStream.Derive(plan.Key, StreamPurpose.Registration) | 1;
        plan.Program = stream.Chance(0.85) ? shared.Program : Context.Clients.Draw(ClientKind.Sdk, ref stream);
        plan.Style = shared.Style;
        plan.Cadence = ChatterPlanner.Cadence(ref stream);
        plan.Cadence.TurnsPerUnit = 1.6f;
        plan.Cadence.GapSeconds = 40;
        volume = OverTheScenario(stream.LogNormal(16, 1));
        return plan;
    }

    private static string ToolName(int tool, ref RandomStream stream)
    {
        var name = Names.Coin(ref stream) + stream.Pick<string>(["", "-cli", "-desktop", "Plugin", "-extension"]);
        return string.Create(CultureInfo.InvariantCulture, $"{name}/{stream.Between(0, 4)}.{tool % 20}.{stream.Below(9)}");
    }
}
