using Stillwatch.Cli.Output;

namespace Stillwatch.Cli.Tests.Output;

public sealed class LineDisplayTests
{
    private readonly List<string> _lines = [];
    private readonly SteppedTime _time = new();

    [Fact]
    public void Report_WithinTheInterval_IsSilent()
    {
        var display = new LineDisplay(_lines.Add, _time);
        display.Report("reading", 0, 100, "interactions");
        _time.Advance(LineDisplay.Interval - TimeSpan.FromMilliseconds(1));
        display.Report("reading", 50, 100, "interactions");
        Assert.Equal(["reading ..."], _lines);
    }

    [Fact]
    public void Report_AfterEachInterval_IsOneLine()
    {
        var display = new LineDisplay(_lines.Add, _time);
        display.Report("reading", 0, 4000, "interactions");
        for (var done = 1000; done <= 3000; done += 1000)
        {
            _time.Advance(LineDisplay.Interval);
            display.Report("reading", done, 4000, "interactions");
            display.Report("reading", done, 4000, "interactions");
        }

        Assert.Equal(
            [
                "reading ...",
                "reading: 1,000 interactions (25 %)",
                "reading: 2,000 interactions (50 %)",
                "reading: 3,000 interactions (75 %)",
            ],
            _lines);
    }

    [Fact]
    public void Report_AnotherPhase_EndsTheOneBefore()
    {
        var display = new LineDisplay(_lines.Add, _time);
        display.Report("reading", 0, null, "lines");
        _time.Advance(TimeSpan.FromSeconds(2.5));
        display.Report("reading", 12_345, null, "lines");
        display.Report("hunting", 1, 7, "stages");
        display.End();
        Assert.Equal(["reading ...", "reading: 12,345 lines in 2.5 s", "hunting ...", "hunting: 1 stages in 0.0 s"], _lines);
    }

    private sealed class SteppedTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
