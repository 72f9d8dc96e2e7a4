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
            return SynchronizedActivityTest.Test(members, reference, g.NextUInt64())!.Chance;
        }, 0.01, 0.99);

    /// <summary>The overlap of two histograms is the sum over the hours of the smaller share.</summary>
    [Fact]
    public void Test_Overlap_IsThatOfHistograms()
    {
        var g = new SeededGenerator(8);
        var members = Histograms(ref g, 9, static (ref zones) => zones.Next(24), OfficeHour);
        var reference = Histograms(ref g, 27, static (ref zones) => zones.Next(24), OfficeHour);
        const int Times = SynchronizedActivityTest.Times;
        var shares = members.ConvertAll(static squares => Enumerable.Range(0, 24)
            .Select(hour => squares.Count(square => square / Times == hour) / (double)Times).ToArray());
        var overlaps = new List<double>();
        for (var i = 0; i < shares.Count; i++)
        {
            overlaps.AddRange(shares.Take(i).Select(other => other.Zip(shares[i], Math.Min).Sum()));
        }

        Assert.Equal(overlaps.Average(), SynchronizedActivityTest.Test(members, reference, 1)!.Figure, 12);
    }

    [Fact]
    public void Histogram_TooFewPrompts_IsNotMade()
    {
        Assert.Null(SynchronizedActivityTest.Histogram(Member(Enumerable.Repeat(5L, SynchronizedActivityTest.Times - 1))));
        var histogram = SynchronizedActivityTest.Histogram(Member(Enumerable.Range(0, 20).Select(static i => (i * 24 + 5) * HourMs)))!;
        Assert.Equal(Enumerable.Range(5 * SynchronizedActivityTest.Times, SynchronizedActivityTest.Times), histogram);
    }

    private static void AssertCalibrated(ulong seed, NullCalibration.Draw<PValue> chance) =>
        EvidenceCalibration.AssertKept(seed, 4_000, chance, EvidenceCalibration.Root);

    private static PValue Chance(ref SeededGenerator g, int members, int reference, NullCalibration.Draw<int> zone, DrawHour hour) =>
        SynchronizedActivityTest.Test(
            Histograms(ref g, members, zone, hour), Histograms(ref g, reference, zone, hour), g.NextUInt64())!.Chance;

    /// <summary>Nine hours from the zone's morning, most of them around its noon.</summary>
    private static int OfficeHour(int zone, ref SeededGenerator hours) => zone + ((hours.Next(9) + hours.Next(9)) / 2);

    private static List<int[]> Histograms(ref SeededGenerator g, int count, NullCalibration.Draw<int> zone, DrawHour hour)
    {
        var histograms = new List<int[]>(count);
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
