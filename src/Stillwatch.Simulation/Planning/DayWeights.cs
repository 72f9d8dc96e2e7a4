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
    private const double LessonShare = 0.5;

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
        if (plan.PerDay.High > 0)
        {
            return IsMeasuredDay(plan, day) ? overlap * stream.Uniform(plan.PerDay.Low, plan.PerDay.High) * Ramp(plan, day) : 0;
        }

        var shared = new RandomStream(plan.GroupKey, StreamPurpose.Timetable, (ulong)day);
        var weekend = weekday is 0 or 6 ? WeekendFactors[(int)plan.Cadence.Rhythm] : 1;
        var isTaught = plan.Cadence.Rhythm != Rhythm.Timetable || shared.Chance(weekend * LessonShare);
        if (!isTaught || !stream.Chance(plan.Cadence.ActiveDays * weekend))
        {
            return 0;
        }

        var common = plan.Campaign == AccountPlan.NoCampaign ? 1 : shared.LogNormal(1, CampaignDaySigma);
        return overlap * stream.LogNormal(1, plan.Cadence.DaySigma) * Ramp(plan, day) * common;
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

    // Evenly spread over the days, so that the active ones are neither too few nor too many for the volume.
    private static bool IsMeasuredDay(in AccountPlan plan, int day)
    {
        var offset = new RandomStream(plan.Key, StreamPurpose.Timetable).Unit();
        var share = Math.Min(1, plan.Cadence.ActiveDays);
        return Math.Floor((share * (day + 1)) + offset) > Math.Floor((share * day) + offset);
    }

    private static double Ramp(in AccountPlan plan, int day) => plan.RampDays <= 0
        ? 1
        : Math.Min(1, ((day + 1.0) - (plan.ActiveFrom / (double)SecondsPerDay)) / plan.RampDays);
}
