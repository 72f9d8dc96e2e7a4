using Stillwatch.Campaigns.Evidence;
using Stillwatch.Sketching;
using Stillwatch.Statistics;
using Stillwatch.Tests.Statistics;

namespace Stillwatch.Tests.Campaigns.Evidence;

/// <summary>Members drawn like the reference accounts keep like hours by chance only; those of one clock do not.</summary>
public sealed class SynchronizedActivityTestTests
{
    private const long HourMs = 60 * 60 * 1000;

    private delegate int DrawHour(int zone, ref SeededGenerator generator);

    [Theory]
    [InlineData(4, 12)]
    [InlineData(10, 30)]
    [InlineData(12, 120)]
    [InlineData(40, 120)]
    public void Test_PeopleOfManyZones_IsCalibrated(int members, int reference) =>
        AssertCalibrated((ulong)members, (ref g) => Chance(ref g, members, reference, static (ref zones) => zones.Next(24), OfficeHour));

    [Fact]
    public void Test_EverybodyKeepsOfficeHoursOfOneZone_IsCalibrated() =>
        AssertCalibrated(5, static (ref g) => Chance(ref g, 12, 60, static (ref _) => 9, OfficeHour));

    /// <summary>Half of the accounts live by one clock, the others by programs that never sleep.</summary>
    [Fact]
    public void Test_PeopleAndPrograms_IsCalibrated() =>
        AssertCalibrated(6, static (ref g) => Chance(
            ref g, 10, 40, static (ref zones) => zones.Next(2) == 0 ? -1 : 8,
            static (zone, ref hours) => zone < 0 ? hours.Next(24) : OfficeHour(zone, ref hours)));

    [Fact]
    public void Test_MembersOfOneShift_IsDetected() =>
        NullCalibration.AssertDetects(7, static (ref g) =>
        {
            var members = Histograms(ref g, 12, static (ref _) => 14, static (zone, ref hours) => zone + hours.Next(4));
            var reference = Histograms(ref g, 120, static (ref zones) => zones.Next(24), OfficeHour);
            return SynchronizedActivityTest.Test(members, reference, g.NextUInt64())!.Value.Chance;
        }, 0.01, 0.99);

    [Fact]
    public void Histogram_TooFewPrompts_IsNotMade()
    {
        Assert.Null(SynchronizedActivityTest.Histogram(Member(Enumerable.Repeat(5L, SynchronizedActivityTest.Times - 1))));
        var histogram = SynchronizedActivityTest.Histogram(Member(Enumerable.Range(0, 20).Select(static i => (i * 24 + 5) * HourMs)))!;
        Assert.Equal(1, histogram[5], 5);
        Assert.Equal(1, histogram.Sum(), 5);
    }

    private static void AssertCalibrated(ulong seed, NullCalibration.Draw<PValue> chance)
    {
        NullCalibration.AssertSuperUniform(seed, chance, 2_000);
        NullCalibration.AssertExpectationAtMostOne(seed + 1, (ref g) => PToECalibrator.Power(chance(ref g), 0.5), 2_000);
    }

    private static PValue Chance(ref SeededGenerator g, int members, int reference, NullCalibration.Draw<int> zone, DrawHour hour) =>
        SynchronizedActivityTest.Test(
            Histograms(ref g, members, zone, hour), Histograms(ref g, reference, zone, hour), g.NextUInt64())!.Value.Chance;

    /// <summary>Nine hours from the zone's morning, most of them around its noon.</summary>
    private static int OfficeHour(int zone, ref SeededGenerator hours) => zone + ((hours.Next(9) + hours.Next(9)) / 2);

    private static List<float[]> Histograms(ref SeededGenerator g, int count, NullCalibration.Draw<int> zone, DrawHour hour)
    {
        var histograms = new List<float[]>(count);
        for (var account = 0; account < count; account++)
        {
            var own = zone(ref g);
            var times = new long[SynchronizedActivityTest.Times];
            for (var i = 0; i < times.Length; i++)
            {
                times[i] = ((i * 24) + (hour(own, ref g) % 24)) * HourMs;
            }

            histograms.Add(SynchronizedActivityTest.Histogram(Member(times))!);
        }

        return histograms;
    }

    private static MemberObservation Member(IEnumerable<long> times) =>
        new(0, 0, [.. times.Select(static time => new PromptObservation(time, 1, 0, [], Elicitation.None))]);
}
