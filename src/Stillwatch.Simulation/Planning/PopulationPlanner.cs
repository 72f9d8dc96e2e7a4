using Stillwatch.Simulation.Scenarios;

namespace Stillwatch.Simulation.Planning;

/// <summary>Plans all benign accounts, class by class, and meets the wished number of interactions.</summary>
internal sealed class PopulationPlanner(PlanningContext context)
{
    private const double LeastElasticFactor = 0.05;

    private readonly ClassPlanner[] _planners =
    [
        new ChatterPlanner(context, BenignClass.Chatter),
        new ChatterPlanner(context, BenignClass.VpnExit),
        new ChatterPlanner(context, BenignClass.ReleaseSurge),
        new ToolUserPlanner(context),
        new OrganizationPlanner(context, BenignClass.App),
        new OrganizationPlanner(context, BenignClass.Batch),
        new OrganizationPlanner(context, BenignClass.Agent),
        new ClassroomPlanner(context),
        new EvaluatorPlanner(context),
        new ResellerPlanner(context),
    ];

    public AccountPlan[] Plan(CancellationToken cancellation)
    {
        var accounts = new AccountPlan[_planners.Sum(planner => context.CountOf(planner.Kind))];
        var volumes = new double[accounts.Length];
        var (first, fixedTotal, elasticTotal) = (0, 0.0, 0.0);
        foreach (var planner in _planners)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = context.CountOf(planner.Kind);
            planner.Plan(accounts.AsSpan(first, count), volumes.AsSpan(first, count));
            var total = Sum(volumes.AsSpan(first, count));
            (fixedTotal, elasticTotal) = planner.IsElastic ? (fixedTotal, elasticTotal + total) : (fixedTotal + total, elasticTotal);
            first += count;
        }

        Distribute(accounts, volumes, Factors(fixedTotal, elasticTotal));
        return accounts;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }

    private (double Fixed, double Elastic) Factors(double fixedTotal, double elasticTotal)
    {
        if (context.Scenario.BenignInteractions is not { } wished)
        {
            return (1, 1);
        }

        var elastic = (wished - fixedTotal) / elasticTotal;
        if (elastic >= LeastElasticFactor && double.IsFinite(elastic))
        {
            return (1, elastic);
        }

        var all = wished / (fixedTotal + (elasticTotal * LeastElasticFactor));
        return (all, all * LeastElasticFactor);
    }

    // What rounding takes from one account the next one gets, so the total is met but for accounts lifted to their one interaction.
    private void Distribute(AccountPlan[] accounts, double[] volumes, (double Fixed, double Elastic) factors)
    {
        var elastic = _planners.Where(planner => planner.IsElastic).Select(planner => planner.Kind).ToHashSet();
        var carry = 0.5;
        for (var i = 0; i < accounts.Length; i++)
        {
            var exact = (volumes[i] * (elastic.Contains(accounts[i].Class) ? factors.Elastic : factors.Fixed)) + carry;
            accounts[i].Volume = (int)Math.Clamp(Math.Floor(exact), 1, int.MaxValue / 2);
            carry = Math.Max(exact - accounts[i].Volume, -3);
        }
    }
}
