using Stillwatch.Gateway.Quotas;
using Stillwatch.Gateway.Quotas.Ledger;
using Stillwatch.Gateway.Quotas.Wire;

namespace Stillwatch.Gateway.Tests.Quotas.Wire;

public sealed class RateHeadersTests
{
    private static readonly QuotaSubject Subject = new("k1", "a1", "org-1", "m1", "eu", "T1");
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly ManualTime _time = new();

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(20, "20ms")]
    [InlineData(0.2, "1ms")]
    [InlineData(999.5, "1s")]
    [InlineData(1500, "1.5s")]
    [InlineData(41_724, "41.724s")]
    [InlineData(360_000, "6m0s")]
    [InlineData(3_605_000, "1h0m5s")]
    public void Duration_IsWrittenAsGoWritesIt(double milliseconds, string text) =>
        Assert.Equal(text, GoDuration.Format(TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public void OpenAi_TellsTheTightestLimitOfEachKind()
    {
        using var ledger = Ledger();
        ledger.Reserve(new(Subject, 100, 50, 50, default)).Reservation!.Settle(100, 50);
        var headers = RateHeaders.OpenAi(ledger.Standing(Subject));
        Assert.Equal(
            [
                "x-ratelimit-limit-requests: 3", "x-ratelimit-remaining-requests: 2", "x-ratelimit-reset-requests: 30.196s",
                "x-ratelimit-limit-tokens: 1000", "x-ratelimit-remaining-tokens: 850", "x-ratelimit-reset-tokens: 1m0.625s",
            ],
            headers.Select(header => $"{header.Key}: {header.Value}"));
    }

    [Fact]
    public void Anthropic_TellsEachKindWithTheTimeOfItsReset()
    {
        using var ledger = Ledger();
        ledger.Reserve(new(Subject, 100, 50, 50, default)).Reservation!.Settle(100, 50);
        var headers = RateHeaders.Anthropic(ledger.Standing(Subject), _time.GetUtcNow()).ToDictionary();
        Assert.Equal(12, headers.Count);
        Assert.Equal(("400", "300", "2026-11-28T21:24:21Z"), (
            headers["anthropic-ratelimit-input-tokens-limit"],
            headers["anthropic-ratelimit-input-tokens-remaining"],
            headers["anthropic-ratelimit-input-tokens-reset"]));
        Assert.Equal("850", headers["anthropic-ratelimit-tokens-remaining"]);
        Assert.Equal("450", headers["anthropic-ratelimit-output-tokens-remaining"]);
    }

    [Fact]
    public void Denial_SaysInTheServicesWordsWhatToDo()
    {
        using var ledger = Ledger();
        ledger.Reserve(new(Subject, 100, 50, 50, default)).Reservation!.Settle(100, 50);
        var denial = ledger.Reserve(new(Subject, 350, 1, 1, default)).Denial!;
        Assert.Equal(
            "Rate limit reached for m1 on input (organisation org-1): Limit 400, Used 100, Requested 350. Please try again in 1m0.625s.",
            QuotaDenialText.Of(denial, "m1"));
        Assert.Equal("tokens", QuotaDenialText.KindOf(denial));
        Assert.StartsWith("Request too large for m1 on input", QuotaDenialText.Of(ledger.Reserve(new(Subject, 401, 1, 1, default)).Denial!,
            "m1"),
            StringComparison.Ordinal);
    }

    private QuotaLedger Ledger() => QuotaLedger.InMemory(
        QuotaLimits.Create(
            new("wide", QuotaMeasure.Requests, 500, Minute),
            new("narrow", QuotaMeasure.Requests, 3, TimeSpan.FromSeconds(30), QuotaScope.Key),
            new("all", QuotaMeasure.TotalTokens, 1000, Minute),
            new("input", QuotaMeasure.InputTokens, 400, Minute, QuotaScope.Organisation),
            new("output", QuotaMeasure.OutputTokens, 500, Minute),
            new("prepaid", QuotaMeasure.TotalTokens, 700, null)),
        _time);
}
