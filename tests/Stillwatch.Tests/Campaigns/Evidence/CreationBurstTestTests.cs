using Stillwatch.Campaigns.Evidence;
using Stillwatch.Statistics;
using Stillwatch.Tests.Statistics;

namespace Stillwatch.Tests.Campaigns.Evidence;

/// <summary>Random accounts of a population are registered together only as often as its rhythm has it.</summary>
public sealed class CreationBurstTestTests
{
    private const long HourMs = 60 * 60 * 1000;
    private const long DayMs = 24 * HourMs;

    /// <summary>Accounts, days over which they were registered, members.</summary>
    public static TheoryData<int, int, int> Populations => new()
    {
        { 100, 365, 20 },
        { 400, 10, 25 },
        { 400, 300, 40 },
        { 1_000, 365, 30 },
        { 3_000, 365, 60 },
        { 3_000, 730, 30 },
        { 3_000, 30, 12 },
    };

    [Theory]
    [MemberData(nameof(Populations))]
    public void Test_RegistrationsAtAnyTime_IsCalibrated(int accounts, int days, int members) =>
        AssertCalibrated((ulong)(accounts + members), accounts, members, (ref g) => (long)(g.NextDouble() * days * DayMs));

    /// <summary>People register in the daytime of working days.</summary>
    [Theory]
    [MemberData(nameof(Populations))]
    public void Test_RegistrationsInOfficeHours_IsCalibrated(int accounts, int days, int members) =>
        AssertCalibrated((ulong)(accounts + members + 1), accounts, members, (ref g) => OfficeTime(ref g, days));

    /// <summary>A third of all accounts came within the days after the launch, most of them at once.</summary>
    [Theory]
    [InlineData(400, 12)]
    [InlineData(3_000, 30)]
    [InlineData(3_000, 60)]
    public void Test_LaunchDaySurge_IsCalibrated(int accounts, int members) =>
        AssertCalibrated((ulong)(accounts + members + 2), accounts, members, static (ref g) => g.Bernoulli(0.33)
            ? (100 * DayMs) + (long)(g.Exponential() * 8 * HourMs)
            : (long)(g.NextDouble() * 365 * DayMs));

    /// <summary>Members that share the launch's day with others who are no members.</summary>
    [Fact]
    public void Test_MembersWhoCameWithTheLaunch_IsCalibrated() =>
        EvidenceCalibration.AssertKept(
            9,
            4_000,
            static (ref g) =>
            {
                var launch = Times(ref g, 600, static (ref times) => (long)(times.NextDouble() * DayMs));
                var others = Times(ref g, 1_400, static (ref times) => (long)(times.NextDouble() * 365 * DayMs));
                return Chance(launch[..24], [.. launch, .. others]);
            },
            PToECalibrator.Mixture);

    [Theory]
    [InlineData(400)]
    [InlineData(4_000)]
    public void Test_AccountsMadeInOneEvening_IsDetected(int accounts) =>
        NullCalibration.AssertDetects(10, (ref g) =>
        {
            var burst = Times(ref g, 20, static (ref times) => (50 * DayMs) + (long)(times.NextDouble() * 3 * HourMs));
            var others = Times(ref g, accounts, static (ref times) => (long)(times.NextDouble() * 200 * DayMs));
            return Chance(burst, [.. burst, .. others]);
        }, 1e-4, 0.99);

    [Fact]
    public void Test_TooFewKnownRegistrations_IsNotMade()
    {
        Assert.Null(CreationBurstTest.Test([1, 2, 3], [.. Enumerable.Range(0, 100)]));
        Assert.Null(CreationBurstTest.Test([1, 2, 3, 4], [.. Enumerable.Range(0, 19)]));
    }

    private static void AssertCalibrated(ulong seed, int accounts, int members, NullCalibration.Draw<long> time) =>
        EvidenceCalibration.AssertKept(
            seed,
            accounts > 1_000 ? 4_000 : 10_000,
            (ref g) =>
            {
                var all = Times(ref g, accounts, time);
                return Chance(all[..members], all);
            },
            PToECalibrator.Mixture);

    private static PValue Chance(long[] members, long[] all) =>
        new ExcessNull(CreationBurstTest.LeastFactor).ChanceOf(CreationBurstTest.Test(members, [.. all.Order()])!.Followed);

    private static long[] Times(ref SeededGenerator g, int count, NullCalibration.Draw<long> time)
    {
        var times = new long[count];
        for (var i = 0; i < count; i++)
        {
            times[i] = time(ref g);
        }

        return times;
    }

    private static long OfficeTime(ref SeededGenerator g, int days)
    {
        var day = g.Next(days);
        while (days > 7 && day % 7 >= 5)
        {
            day = g.Next(days);
        }

        return (day * DayMs) + (8 * HourMs) + (long)(g.NextDouble() * 10 * HourMs);
    }
}
