using Stillwatch.Benchmarks.Detection.Nulls;
using Stillwatch.Interactions;

namespace Stillwatch.Benchmarks.Detection.Tests.Nulls;

public sealed class HolidayAbsenceTests
{
    private const long DayMs = 24L * 60 * 60 * 1000;

    [Fact]
    public void IsAway_HolidayEverywhere_ClosesNineOfTenOfficesForThatDayOnly()
    {
        var absence = Absence(everywhere: true);
        Assert.InRange(Away(absence, "app-de", (2 * DayMs) + 5), 80, 98);
        Assert.Equal(Away(absence, "app-de", 2 * DayMs), Away(absence, "app-de", (3 * DayMs) - 1));
        Assert.Equal(0, Away(absence, "app-de", (2 * DayMs) - 1));
        Assert.Equal(0, Away(absence, "app-de", 3 * DayMs));
        Assert.Equal(0, Away(absence, "chatter-de", (2 * DayMs) + 5));
        Assert.InRange(Away(absence, "app-fr", (2 * DayMs) + 5), 40, 50);
    }

    [Fact]
    public void IsAway_HolidayOfOneCountry_LeavesTheOthersAtWork()
    {
        var absence = Absence(everywhere: false);
        Assert.InRange(Away(absence, "app-de", (2 * DayMs) + 5), 80, 98);
        Assert.Equal(0, Away(absence, "app-fr", (2 * DayMs) + 5));
    }

    /// <summary>A hundred companies in one country, fifty in another, and a hundred chatters.</summary>
    private static HolidayAbsence Absence(bool everywhere)
    {
        var names = Names("app-de", 100).Concat(Names("app-fr", 50)).Concat(Names("chatter-de", 100)).ToList();
        return new(
            new Holiday(2, everywhere),
            0,
            names.Select(static name => new AccountRegistration { Account = new(name), Country = name.Split('-')[1] }),
            names.ToDictionary(static name => new AccountId(name), static name => name.Split('-')[0]));
    }

    private static int Away(HolidayAbsence absence, string prefix, long atMs) => Names(prefix, 100).Count(name =>
        absence.IsAway(new Interaction { Account = new(name), ObservedAtMs = atMs, Model = "m" }));

    private static IEnumerable<string> Names(string prefix, int count) =>
        Enumerable.Range(0, count).Select(number => $"{prefix}-{number}");
}
