using Stillwatch.Simulation.Planning;
using Stillwatch.Simulation.Randomness;

namespace Stillwatch.Simulation.Traffic;

/// <summary>
/// Plans the exchanges of one day after the other and keeps, for every account, how far it has come. Days are cut into hours; what
/// runs past midnight waits in the hours of the next day, so at most 48 hours are held.
/// </summary>
/// <remarks>
/// Volume is spread by systematic sampling: after the day with cumulative weight w of W, an account has made ⌊v·w/W + u⌋ of its v exchanges
/// with a constant u of its own, so the sum over all days is exactly v. Memory: 24 bytes an account, 24 bytes an exchange of a day.
/// </remarks>
internal sealed class DayPlanner(SimulationPlan plan, int threads)
{
    private const int Hours = 48;
    private const int AccountsPerRange = 4096;
    private const long MsPerDay = DayWeights.SecondsPerDay * 1000L;

    private readonly double[] _progress = new double[plan.Accounts.Length];
    private readonly uint[] _ordinals = new uint[plan.Accounts.Length];
    private readonly uint[] _units = new uint[plan.Accounts.Length];
    private readonly Lock _gate = new();
    private readonly HourBucket[] _hours = [.. Enumerable.Range(0, Hours).Select(_ => new HourBucket())];

    /// <summary>Plans a day; days must be planned in order.</summary>
    public void Plan(int day, CancellationToken cancellation)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        var ranges = (plan.Accounts.Length + AccountsPerRange - 1) / AccountsPerRange;
        Parallel.For(
            0,
            ranges,
            options,
            () => Enumerable.Range(0, Hours).Select(_ => new HourBucket()).ToArray(),
            (range, _, local) => PlanRange(range, day, local),
            Collect);
    }

    /// <summary>Hands out the sorted exchanges of an hour of a planned day; the hour is empty afterwards.</summary>
    /// <param name="hour">Hours from the start of the scenario.</param>
    public HourBucket Take(int hour)
    {
        var taken = _hours[hour % Hours];
        _hours[hour % Hours] = new HourBucket();
        taken.Sort();
        return taken;
    }

    private void Collect(HourBucket[] local)
    {
        lock (_gate)
        {
            for (var hour = 0; hour < Hours; hour++)
            {
                local[hour].MoveTo(_hours[hour]);
            }
        }
    }

    private HourBucket[] PlanRange(int range, int day, HourBucket[] hours)
    {
        var end = Math.Min(plan.Accounts.Length, (range + 1) * AccountsPerRange);
        for (var account = range * AccountsPerRange; account < end; account++)
        {
            PlanAccount(account, day, hours);
        }

        return hours;
    }

    private void PlanAccount(int number, int day, HourBucket[] hours)
    {
        ref readonly var account = ref plan.Accounts[number];
        if ((day * (long)DayWeights.SecondsPerDay) >= account.ActiveUntil || (day + 1L) * DayWeights.SecondsPerDay <= account.ActiveFrom)
        {
            return;
        }

        var (before, after) = Progress(number, account, day);
        if (after > before)
        {
            var stream = new RandomStream(account.Key, StreamPurpose.Schedule, (ulong)day);
            var offset = new RandomStream(account.Key, StreamPurpose.Volume).Unit();
            Spread(number, day, Due(account.Volume, before, after, offset), false, hours, ref stream);
            Spread(number, day, Due(account.CoverVolume, before, after, offset), true, hours, ref stream);
        }
    }

    private (double Before, double After) Progress(int number, in AccountPlan account, int day)
    {
        var total = plan.DayWeightTotals[number];
        if (total <= 0)
        {
            var done = day >= DayWeights.FallbackDay(account);
            return (day > DayWeights.FallbackDay(account) ? 1 : 0, done ? 1 : 0);
        }

        var before = _progress[number];
        var after = before + DayWeights.Of(account, day, (plan.FirstWeekday + day) % 7);
        _progress[number] = after;
        return (Math.Min(1, before / total), IsLastDay(account, day) ? 1 : Math.Min(1, after / total));
    }

    // The sums before a day and in total round alike, so 1 is met on the last day only; what rounding left over falls there.
    private bool IsLastDay(in AccountPlan account, int day) =>
        day == Math.Min(plan.Scenario.Days - 1, (account.ActiveUntil - 1) / DayWeights.SecondsPerDay);

    private static int Due(int volume, double before, double after, double offset) =>
        (int)(Math.Floor((volume * after) + offset) - Math.Floor((volume * before) + offset));

    private void Spread(int number, int day, int count, bool isCover, HourBucket[] hours, ref RandomStream stream)
    {
        if (count == 0)
        {
            return;
        }

        var session = new SessionPlanner(in plan.Accounts[number], day, plan.Scenario.Days * MsPerDay, isCover);
        while (count > 0)
        {
            session.Begin(ref stream);
            for (var units = session.DrawUnits(ref stream); units > 0 && count > 0; units--)
            {
                var turns = Math.Min(count, session.DrawTurns(ref stream));
                var unit = isCover ? _ordinals[number] : _units[number]++;
                for (var turn = 0; turn < turns; turn++)
                {
                    var exchange = new Exchange(session.Next(ref stream), number, _ordinals[number]++, unit, turn, isCover);
                    hours[exchange.TimeMs / HourBucket.Milliseconds % Hours].Add(exchange);
                }

                count -= turns;
            }
        }
    }
}
