using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Hunting;
using Stillwatch.Reporting;

namespace Stillwatch.Tests.Reporting;

public sealed class TimelineTests
{
    [Fact]
    public void Of_ThreeDays_HasABucketADay()
    {
        var timeline = Timeline.Of(HuntReport.Of(SmallHunt.OneCampaign()));
        Assert.Equal(["2026-03-02", "2026-03-03", "2026-03-04"], Enumerable.Range(0, timeline.Buckets).Select(timeline.Name));
    }

    [Fact]
    public void Of_AYear_HasBucketsOfAWeek()
    {
        var timeline = Of([Day(new(2026, 1, 1)), Day(new(2026, 12, 31))]);
        Assert.Equal(7, timeline.DaysPerBucket);
        Assert.Equal("2026-01-01 – 2026-01-07", timeline.Name(0));
        Assert.Equal("2026-12-31 – 2027-01-06", timeline.Name(timeline.Buckets - 1));
    }

    [Fact]
    public void Of_NoDay_HasNoBucket() => Assert.Equal(0, Of([]).Buckets);

    [Fact]
    public void Fill_AnyDays_IsBoundedAndLosesNothing()
    {
        var days = Gen.Choose(0, DateOnly.MaxValue.DayNumber)
            .Select(day => new PictureDay(DateOnly.FromDayNumber(day), day % 97, day % 13, day % 5, day % 3))
            .NonEmptyListOf().ToArbitrary();
        Prop.ForAll(days, list =>
        {
            var timeline = Of([.. list]);
            var filled = timeline.Fill(list);
            Assert.InRange(timeline.Buckets, 1, Timeline.MaxBuckets);
            Assert.Equal(list.Sum(day => day.Interactions), filled.Sum(day => day.Interactions));
            Assert.Equal(list.Sum(day => day.Joined), filled.Sum(day => day.Joined));
            Assert.Equal(list.Sum(day => day.Left), filled.Sum(day => day.Left));
            Assert.Equal(list.Max(day => day.Accounts), filled.Max(day => day.Accounts));
            Assert.All(Enumerable.Range(0, timeline.Buckets), bucket => Assert.NotEmpty(timeline.Name(bucket)));
        }).QuickCheckThrowOnFailure();
    }

    private static PictureDay Day(DateOnly day) => new(day, 1, 1, 1, 1);

    private static Timeline Of(PictureDay[] days) => Timeline.Of(HuntReport.Of(SmallHunt.Nothing() with { Background = days }));
}
