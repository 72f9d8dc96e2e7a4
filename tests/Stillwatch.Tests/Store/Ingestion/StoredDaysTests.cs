using Stillwatch.Store.Ingestion;

namespace Stillwatch.Tests.Store.Ingestion;

public sealed class StoredDaysTests
{
    private const long Day = 24 * 60 * 60 * 1000;

    [Fact]
    public void MayHold_BetweenTheFirstAndTheLastOfADay_IsTrue()
    {
        var days = new StoredDays();
        days.Add((10 * Day) + 500);
        days.Add((10 * Day) + 100);
        Assert.True(days.MayHold((10 * Day) + 100));
        Assert.True(days.MayHold((10 * Day) + 300));
        Assert.True(days.MayHold((10 * Day) + 500));
        Assert.False(days.MayHold((10 * Day) + 99));
        Assert.False(days.MayHold((10 * Day) + 501));
    }

    [Fact]
    public void MayHold_OnADayBetweenStoredDays_IsFalse()
    {
        var days = new StoredDays();
        days.Add(10 * Day);
        days.Add(12 * Day);
        Assert.False(days.MayHold(11 * Day));
        Assert.Equal(12 * Day, days.Last);
    }
}
