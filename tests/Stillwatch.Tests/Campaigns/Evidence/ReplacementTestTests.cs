using Stillwatch.Campaigns.Evidence;
using Stillwatch.Statistics;
using Stillwatch.Tests.Statistics;

namespace Stillwatch.Tests.Campaigns.Evidence;

/// <summary>Accounts that come and go by themselves are not taken for replacements of each other.</summary>
public sealed class ReplacementTestTests
{
    private const long HourMs = 60 * 60 * 1000;
    private const long DayMs = 24 * HourMs;
    private const int Days = 14;

    private delegate (long FirstMs, long LastMs) DrawLife(ref SeededGenerator generator);

    [Theory]
    [InlineData(12, 3)]
    [InlineData(30, 5)]
    [InlineData(60, 2)]
    [InlineData(60, 0.5)]
    public void Test_LivesAtAnyTime_IsCalibrated(int members, double meanDays) =>
        AssertCalibrated((ulong)members, members, (ref g) => Life((long)(g.NextDouble() * Days * DayMs), meanDays, ref g));

    /// <summary>People begin in the daytime, and end in the daytime of a later day.</summary>
    [Theory]
    [InlineData(20)]
    [InlineData(60)]
    public void Test_LivesOfPeopleByDay_IsCalibrated(int members) =>
        AssertCalibrated((ulong)members + 1, members, static (ref g) =>
        {
            var first = (g.Next(Days) * DayMs) + Daytime(ref g);
            var last = (first / DayMs * DayMs) + ((1 + g.Next(6)) * DayMs) + Daytime(ref g);
            return (first, last);
        });

    /// <summary>Nobody begins or ends on a weekend.</summary>
    [Fact]
    public void Test_LivesOfWorkingDays_IsCalibrated() =>
        AssertCalibrated(3, 40, static (ref g) =>
        {
            var (first, last) = (WorkingDay(ref g), WorkingDay(ref g));
            return ((Math.Min(first, last) * DayMs) + Daytime(ref g), (Math.Max(first, last) * DayMs) + (4 * HourMs) + Daytime(ref g));
        });

    /// <summary>A hackathon: all come within two days, and stop soon after.</summary>
    [Fact]
    public void Test_OneEventThatAllTakePartIn_IsCalibrated() =>
        AssertCalibrated(4, 30, static (ref g) =>
        {
            var first = (5 * DayMs) + (long)(g.NextDouble() * 2 * DayMs);
            return (first, first + (long)(g.NextDouble() * 1.5 * DayMs));
        });

    /// <summary>A service that grows: ever more accounts begin.</summary>
    [Fact]
    public void Test_GrowingService_IsCalibrated() =>
        AssertCalibrated(5, 40, static (ref g) => Life((long)(Math.Sqrt(g.NextDouble()) * Days * DayMs), 3, ref g));

    [Fact]
    public void Test_BannedAccountsAreReplaced_IsDetected() =>
        NullCalibration.AssertDetects(6, static (ref g) => Chance(Chains(ref g)), 0.01, 0.95);

    [Fact]
    public void Test_TooFewEvents_IsNotMade()
    {
        var lives = Enumerable.Range(0, 6).Select(static i => ((2 + i) * DayMs, ((2 + i) * DayMs) + (3 * HourMs))).ToList();
        var result = ReplacementTest.Test(lives, 0, Days * DayMs)!;
        Assert.Equal(new ReplacementResult(21, 3, 0, ReplacementTest.MinPairs, PValue.One), result);
        Assert.Null(ReplacementTest.Test(lives[..5], 0, Days * DayMs));
        Assert.Null(ReplacementTest.Test(lives, 0, 7 * DayMs));
        Assert.Null(ReplacementTest.Test(lives, 2 * DayMs, Days * DayMs));
    }

    private static void AssertCalibrated(ulong seed, int members, DrawLife life)
    {
        EvidenceCalibration.AssertKept(seed, 10_000, Draw, EvidenceCalibration.Root);

        PValue Draw(ref SeededGenerator g)
        {
            var lives = new (long FirstMs, long LastMs)[members];
            for (var i = 0; i < members; i++)
            {
                lives[i] = life(ref g);
            }

            return Chance(lives);
        }
    }

    private static PValue Chance((long FirstMs, long LastMs)[] lives)
    {
        const long End = Days * DayMs;
        var seen = lives.Where(static life => life.FirstMs < End)
            .Select(static life => (life.FirstMs, Math.Min(life.LastMs, End))).ToList();
        return ReplacementTest.Test(seen, 0, End)?.Chance ?? PValue.One;
    }

    /// <summary>Eight seats: whoever is banned is followed by a fresh account within the hour.</summary>
    private static (long FirstMs, long LastMs)[] Chains(ref SeededGenerator g)
    {
        var lives = new List<(long, long)>();
        for (var seat = 0; seat < 8; seat++)
        {
            for (var time = (long)(g.NextDouble() * 3 * DayMs); time < Days * DayMs;)
            {
                var end = time + DayMs + (long)(g.Exponential() * 2.5 * DayMs);
                lives.Add((time, end));
                time = end + (long)(g.NextDouble() * HourMs);
            }
        }

        return [.. lives];
    }

    private static (long FirstMs, long LastMs) Life(long first, double meanDays, ref SeededGenerator g) =>
        (first, first + (long)(g.Exponential() * meanDays * DayMs));

    private static long Daytime(ref SeededGenerator g) => (8 * HourMs) + (long)(g.NextDouble() * 10 * HourMs);

    private static int WorkingDay(ref SeededGenerator g)
    {
        var day = g.Next(Days);
        while (day % 7 >= 5)
        {
            day = g.Next(Days);
        }

        return day;
    }
}
