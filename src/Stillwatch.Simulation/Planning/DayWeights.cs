using Stillwatch.Simulation.Randomness;

namespace Stillwatch.Simulation.Planning;

/// <summary>
/// How much of its volume an account puts on each day: a weight that depends on the account and the day only, so days can be planned one
/// after the other without keeping them.
/// </summary>
internal static class DayWeights
{
    public const int SecondsPerDay = 86_400;

    private const double CampaignDaySigma = 0.25;

    // Weekend activity relative to weekdays, by rhythm.
    private static readonly double[] WeekendFactors = [1.05, 0.12, 0.7, 1, 0.6, 0.05];

    /// <summary>The weight of a day; 0 where the account is not active.</summary>
    /// <param name="plan">The account.</param>
    /// <param name="day">Days from the start of the scenario.</param>
    /// <param name="weekday">0 (Sunday) to 6 of that day.</param>
    public static double Of(in AccountPlan plan, int day, int weekday)
    {
        var overlap = Overlap(plan, day);
        if (overlap <= 0)
        {
            return 0;
        }

        var stream = new RandomStream(plan.Key, StreamPurpose.ActiveDay, (ulong)day);
        var shared = new RandomStream(plan.GroupKey, StreamPurpose.Timetable, (ulong)day);
        var timetable = plan.Cadence.Rhythm == Rhythm.Timetable;
        var weekend = weekday is 0 or 6 ? WeekendFactors[(int)plan.Cadence.Rhythm] : 1;
        if (!(timetable ? shared.Chance(weekend * 0.5) : true) || !stream.Chance(plan.Cadence.ActiveDays * weekend))
        {
            return 0;
        }

        return overlap * Volume(plan, ref stream) * Ramp(plan, day) * (plan.Campaign >= 0 ? shared.LogNormal(1, CampaignDaySigma) : 1);
    }

    /// <summary>The sum over all days; 0 if the account is active on none.</summary>
    public static double Total(in AccountPlan plan, int days, int firstWeekday)
    {
        var total = 0.0;
        var last = Math.Min(days - 1, (plan.ActiveUntil - 1) / SecondsPerDay);
        for (var day = plan.ActiveFrom / SecondsPerDay; day <= last; day++)
        {
            total += Of(plan, day, (firstWeekday + day) % 7);
        }

        return total;
    }

    /// <summary>The only active day of an account whose weights are all 0.</summary>
    public static int FallbackDay(in AccountPlan plan)
    {
        var first = plan.ActiveFrom / SecondsPerDay;
        var last = (plan.ActiveUntil - 1) / SecondsPerDay;
        return first + new RandomStream(plan.Key, StreamPurpose.ActiveDay, ulong.MaxValue).Below(last - first + 1);
    }

    private static double Overlap(in AccountPlan plan, int day)
    {
        var start = day * SecondsPerDay;
        return Math.Max(0, Math.Min(plan.ActiveUntil, start + SecondsPerDay) - Math.Max(plan.ActiveFrom, start)) / (double)SecondsPerDay;
    }

    private static double Volume(in AccountPlan plan, ref RandomStream stream) => plan.PerDay.High > 0
        ? stream.Uniform(plan.PerDay.Low, plan.PerDay.High)
        : stream.LogNormal(1, plan.Cadence.DaySigma);

    private static double Ramp(in AccountPlan plan, int day) => plan.RampDays <= 0
        ? 1
        : Math.Min(1, ((day + 1.0) - (plan.ActiveFrom / (double)SecondsPerDay)) / plan.RampDays);
}
