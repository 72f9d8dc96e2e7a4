using Stillwatch.Gateway.Observation;

namespace Stillwatch.Gateway.Tests.Observation;

public sealed class ReplyTimingsTests
{
    [Fact]
    public void Like_OfAnUnknownModel_IsNone() => Assert.Null(new ReplyTimings().Like("m", isStream: true, 5));

    [Fact]
    public void Like_IsTheReplyOfTheNearestLength_AndTheLatestOfSeveral()
    {
        var timings = new ReplyTimings();
        timings.Learn("m", isStream: true, Reply(10, 100, 200));
        timings.Learn("m", isStream: true, Reply(10, 110, 300));
        timings.Learn("m", isStream: true, Reply(50, 120, 900));
        timings.Learn("m", isStream: false, Reply(12, 700, 700));
        timings.Learn("other", isStream: true, Reply(12, 1, 2));
        var like = timings.Like("m", isStream: true, 12)!.Value;
        Assert.Equal((110, 300, 10), (like.First.TotalMilliseconds, like.Whole.TotalMilliseconds, like.Tokens));
        Assert.Equal(19, like.EachToken.TotalMilliseconds);
        Assert.Equal(50, timings.Like("m", isStream: true, 1000)!.Value.Tokens);
        Assert.Equal(1400, timings.Like("m", isStream: false, 1)!.Value.WholeOf(24).TotalMilliseconds);
    }

    [Fact]
    public void Learn_KeepsTheLatestOnly()
    {
        var timings = new ReplyTimings();
        for (var i = 0; i < ReplyTimings.Kept + 1; i++)
        {
            timings.Learn("m", isStream: true, Reply(i + 1, 1, 2));
        }

        Assert.Equal(2, timings.Like("m", isStream: true, 1)!.Value.Tokens);
    }

    [Fact]
    public void Learn_LeavesOutWhatIsNoWholeReply()
    {
        var timings = new ReplyTimings();
        timings.Learn("m", isStream: true, Reply(5, 1, 2) with { Outcome = ExchangeOutcome.ClientGone });
        timings.Learn("m", isStream: true, Reply(5, 1, 2) with { Status = 500 });
        timings.Learn("m", isStream: true, Reply(0, 1, 2));
        timings.Learn("m", isStream: true, Reply(5, 1, 2) with { FirstByteMs = null });
        Assert.Null(timings.Like("m", isStream: true, 5));
    }

    [Fact]
    public void Learn_OfMoreModelsThanAreKept_StaysBounded()
    {
        var timings = new ReplyTimings();
        for (var i = 0; i < 3 * ReplyTimings.MaxModels; i++)
        {
            timings.Learn($"m{i}", isStream: true, Reply(5, 1, 2));
        }

        Assert.NotNull(timings.Like("m0", isStream: true, 5));
        Assert.Null(timings.Like($"m{(3 * ReplyTimings.MaxModels) - 1}", isStream: true, 5));
    }

    private static ReplySummary Reply(int tokens, double firstMs, double wholeMs) =>
        new(ExchangeOutcome.Completed, 200, new(7, tokens, 0), UsageSource.Upstream, "stop", wholeMs, firstMs);
}
