using Stillwatch.Simulation.Planning;
using Stillwatch.Simulation.Randomness;

namespace Stillwatch.Simulation.Traffic;

/// <summary>Draws the second of a day at which an account starts something, by its rhythm and time zone.</summary>
internal static class HourlyRhythm
{
    private const int SecondsPerHour = 3600;
    private const int SecondsPerDay = DayWeights.SecondsPerDay;
    private const int HoursPerDay = 24;
    private const int MaxPhaseSeconds = 5400;
    private const int MaxSteeringDraws = 4;
    private const double LeanestHour = 0.25;
    private const int LessonSpreadSeconds = 2 * SecondsPerHour;

    // Relative activity by local hour.
    private static readonly WeightedChoice Waking = Hours("2 1 .5 .3 .3 .6 1.5 3 5 6 6.5 6.5 6 6.2 6.5 6.5 6.3 6 6.2 7 7.5 7 5.5 3.5");
    private static readonly WeightedChoice Office = Hours(".1 .05 .05 .05 .05 .1 .5 2 6 9 10 9.5 6.5 8.5 9.5 9 8 5.5 2.5 1.2 .8 .6 .4 .2");
    private static readonly WeightedChoice Served = Hours("2 1.6 1.3 1.2 1.2 1.5 2 3 4 5 5.4 5.5 5.3 5.3 5.4 5.4 5.3 5 5 5 5 4.6 3.8 2.9");

    /// <summary>Seconds after 00:00 UTC.</summary>
    public static double StartSecond(in AccountPlan plan, int day, ref RandomStream stream) => plan.Cadence.Rhythm switch
    {
        Rhythm.AlwaysOn when plan.Campaign != AccountPlan.NoCampaign => Steered(plan, day, ref stream),
        Rhythm.AlwaysOn => stream.Unit() * SecondsPerDay,
        Rhythm.Scheduled => Scheduled(plan, ref stream),
        Rhythm.Timetable => Lesson(plan, day, ref stream),
        Rhythm.Office => Local(plan, Office.Draw(ref stream), ref stream),
        Rhythm.Served => Local(plan, Served.Draw(ref stream), ref stream),
        _ => Local(plan, Waking.Draw(ref stream), ref stream),
    };

    // One queue feeds the accounts of a campaign, and it is not equally full at all hours: a draw from a lean hour may be drawn again.
    private static double Steered(in AccountPlan plan, int day, ref RandomStream stream)
    {
        var second = stream.Unit() * SecondsPerDay;
        for (var draws = 1; draws < MaxSteeringDraws; draws++)
        {
            var hour = (ulong)((day * HoursPerDay) + (int)(second / SecondsPerHour));
            if (stream.Chance(LeanestHour + ((1 - LeanestHour) * new RandomStream(plan.GroupKey, StreamPurpose.Schedule, hour).Unit())))
            {
                break;
            }

            second = stream.Unit() * SecondsPerDay;
        }

        return second;
    }

    private static double Local(in AccountPlan plan, int hour, ref RandomStream stream)
    {
        var phase = (int)(plan.Key % (2 * MaxPhaseSeconds)) - MaxPhaseSeconds;
        return Wrap(((hour + stream.Unit()) * SecondsPerHour) + phase - (plan.UtcOffset * 60));
    }

    private static double Scheduled(in AccountPlan plan, ref RandomStream stream)
    {
        var hour = (plan.GroupKey >> 8) % 24;
        return Wrap((hour * SecondsPerHour) + stream.Exponential(900));
    }

    private static double Lesson(in AccountPlan plan, int day, ref RandomStream stream)
    {
        var timetable = new RandomStream(plan.GroupKey, StreamPurpose.Assignment, (ulong)day);
        var hour = timetable.Chance(0.6) ? timetable.Between(9, 15) : timetable.Between(18, 21);
        return Wrap((hour * SecondsPerHour) + (stream.Unit() * stream.Unit() * LessonSpreadSeconds) - (plan.UtcOffset * 60));
    }

    private static double Wrap(double second) => ((second % SecondsPerDay) + SecondsPerDay) % SecondsPerDay;

    private static WeightedChoice Hours(string weights) =>
        new(weights.Split(' ').Select(weight => double.Parse(weight, System.Globalization.CultureInfo.InvariantCulture)));
}
