using Stillwatch.Gateway.Quotas;
using Stillwatch.Gateway.Quotas.Ledger;

namespace Stillwatch.Gateway.Tests.Quotas.Ledger;

public sealed class QuotaLedgerTests
{
    private static readonly QuotaSubject Subject = new("k1", "a1", "o1", "m1", "eu", "T1");
    private readonly ManualTime _time = new();

    [Fact]
    public void Reserve_OneLimitIsFull_ReservesInNone()
    {
        using var ledger = Ledger(Tokens("wide", 1000), Tokens("narrow", 100));
        Assert.True(Reserve(ledger, 0, 80, 80).IsGranted);
        var denial = Reserve(ledger, 0, 30, 30).Denial!;
        Assert.Equal(("narrow", 80, 30), (denial.Limit!.Name, denial.Used, denial.Requested));
        Assert.Equal([920, 20], ledger.Standing(Subject).Select(standing => standing.Remaining));
    }

    [Fact]
    public void Reserve_LessThanTheMostFits_GrantsWhatFits()
    {
        using var ledger = Ledger(
            new("total", QuotaMeasure.TotalTokens, 100, Minute),
            new("money", QuotaMeasure.Money, 130, null));
        var price = new ModelPrice(1_000_000, 2_000_000);
        var granted = ledger.Reserve(new(Subject, 30, 1, 500, price)).Reservation!;

        // 30 of input leave 70 of 100 tokens, and 100 of 130 millionths: 50 tokens at 2 each.
        Assert.Equal(50, granted.OutputTokens);
        Assert.Equal([20, 0], ledger.Standing(Subject).Select(standing => standing.Remaining));
    }

    [Fact]
    public void Spend_MoreThanIsReserved_AllowsExactlyTheRest()
    {
        using var ledger = Ledger(Tokens("tokens", 100));
        var reservation = Reserve(ledger, 0, 1, 1000).Reservation!;
        Assert.Equal(60, reservation.Spend(60));
        Assert.Equal(40, reservation.RemainingOutputTokens);
        Assert.Equal(40, reservation.Spend(41));
        Assert.Equal(0, reservation.Spend(1));
        Assert.Equal(0, reservation.Extend(1, 10));
        Assert.Equal(new QuotaSettlement(SettlementOutcome.Settled, 0, 0), reservation.Settle(0, 100));
    }

    [Fact]
    public void Settle_LessThanReserved_FreesTheRest()
    {
        using var ledger = Ledger(Tokens("tokens", 100), new("under way", QuotaMeasure.Concurrency, 1));
        var reservation = Reserve(ledger, 10, 90, 90).Reservation!;
        Assert.False(Reserve(ledger, 0, 0, 0).IsGranted);
        reservation.Settle(8, 20);
        Assert.Equal([72, 1], ledger.Standing(Subject).Select(standing => standing.Remaining));
        Assert.Equal(SettlementOutcome.AlreadySettled, reservation.Settle(8, 20).Outcome);
        reservation.Dispose();
        Assert.Equal(72, ledger.Standing(Subject)[0].Remaining);
    }

    [Fact]
    public void Settle_MoreThanReserved_IsChargedAndSaid()
    {
        using var ledger = Ledger(Tokens("tokens", 100));
        var settlement = Reserve(ledger, 40, 50, 50).Reservation!.Settle(70, 55);
        Assert.Equal(new QuotaSettlement(SettlementOutcome.Settled, 30, 5), settlement);
        var denial = Reserve(ledger, 0, 1, 1).Denial!;
        Assert.Equal((QuotaDenialReason.LimitReached, 125L), (denial.Reason, denial.Used));
    }

    [Fact]
    public void Dispose_Unsettled_ChargesAllThatIsReserved()
    {
        using var ledger = Ledger(Tokens("tokens", 100), new("under way", QuotaMeasure.Concurrency, 1));
        Reserve(ledger, 10, 50, 50).Reservation!.Dispose();
        Assert.Equal([40, 1], ledger.Standing(Subject).Select(standing => standing.Remaining));
    }

    [Fact]
    public void Expiry_UnheardOf_ChargesInFullAndEndsSpending()
    {
        using var ledger = Ledger(Tokens("tokens", 100));
        var reservation = Reserve(ledger, 0, 60, 60).Reservation!;
        _time.Advance(TimeSpan.FromHours(1));
        Assert.True(Reserve(ledger, 0, 1, 100).IsGranted);
        Assert.Equal(0, reservation.Spend(1));
        Assert.Equal(SettlementOutcome.Expired, reservation.Settle(0, 1).Outcome);
    }

    [Fact]
    public void RetryAfter_IsWhenItFits_NotBefore()
    {
        using var ledger = Ledger(Tokens("tokens", 100));
        Reserve(ledger, 0, 60, 60).Reservation!.Settle(0, 60);
        _time.Advance(TimeSpan.FromSeconds(20));
        Reserve(ledger, 0, 40, 40).Reservation!.Settle(0, 40);
        var wait = Reserve(ledger, 0, 70, 70).Denial!.RetryAfter!.Value;
        Assert.InRange(wait, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(62));
        _time.Advance(wait - TimeSpan.FromMilliseconds(1));
        Assert.False(Reserve(ledger, 0, 70, 70).IsGranted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(Reserve(ledger, 0, 70, 70).IsGranted);
    }

    [Fact]
    public void Denial_SaysWhetherWaitingHelps()
    {
        using var ledger = Ledger(Tokens("tokens", 100), new("budget", QuotaMeasure.TotalTokens, 150, null));
        var tooLarge = Reserve(ledger, 101, 0, 0).Denial!;
        Assert.Equal((QuotaDenialReason.LargerThanLimit, null), (tooLarge.Reason, tooLarge.RetryAfter));
        Reserve(ledger, 100, 0, 0).Reservation!.Settle(100, 0);
        _time.Advance(TimeSpan.FromMinutes(2));
        var exhausted = Reserve(ledger, 51, 0, 0).Denial!;
        Assert.Equal((QuotaDenialReason.BudgetExhausted, "budget"), (exhausted.Reason, exhausted.Limit!.Name));
        using var held = Reserve(ledger, 30, 0, 0).Reservation;
        Assert.Equal(QuotaDenialReason.LimitReached, Reserve(ledger, 50, 0, 0).Denial!.Reason);
    }

    [Fact]
    public void WallClock_SetForwardOrBack_FreesNothing()
    {
        using var ledger = Ledger(Tokens("tokens", 100));
        Reserve(ledger, 0, 100, 100).Reservation!.Settle(0, 100);
        foreach (var days in new[] { 400, -400 })
        {
            _time.Skew = TimeSpan.FromDays(days);
            Assert.Equal(0, ledger.Standing(Subject)[0].Remaining);
        }

        _time.Advance(TimeSpan.FromSeconds(62));
        Assert.Equal(100, ledger.Standing(Subject)[0].Remaining);
    }

    [Fact]
    public void Limits_Replaced_CountsOfTheSameNameGoOn()
    {
        using var ledger = Ledger(Tokens("tokens", 100));
        Reserve(ledger, 0, 70, 70).Reservation!.Settle(0, 70);
        ledger.Limits = QuotaLimits.Create(Tokens("tokens", 50));
        Assert.Equal(0, Assert.Single(ledger.Standing(Subject)).Remaining);
        ledger.Limits = QuotaLimits.Create(Tokens("tokens", 200), new("new", QuotaMeasure.Requests, 3, Minute));
        Assert.Equal([130, 3], ledger.Standing(Subject).Select(standing => standing.Remaining));
    }

    [Fact]
    public void Scope_EachCombination_HasACountOfItsOwn()
    {
        using var ledger = Ledger(
            new QuotaLimit("per key and model", QuotaMeasure.Requests, 1, Minute, QuotaScope.Key | QuotaScope.Model),
            new QuotaLimit("small tier", QuotaMeasure.Requests, 2, Minute) { Match = new() { Tiers = ["T0"] } });
        Assert.True(Granted(Subject));
        Assert.False(Granted(Subject));
        Assert.True(Granted(Subject with { Model = "m2" }));
        Assert.True(Granted(Subject with { Key = "k2", Tier = "T0" }));
        Assert.True(Granted(Subject with { Key = "k3", Tier = "T0" }));
        Assert.False(Granted(Subject with { Key = "k4", Tier = "T0" }));

        bool Granted(QuotaSubject subject) => ledger.Reserve(new(subject, 0, 0, 0, default)).IsGranted;
    }

    [Fact]
    public void Faults_OfLimits_AreAllFound()
    {
        var faults = QuotaLimits.Faults(
        [
            new("", QuotaMeasure.Requests, -1, TimeSpan.Zero),
            new("twice", QuotaMeasure.Concurrency, 1, Minute),
            new("twice", (QuotaMeasure)99, QuotaLimit.MaxCap + 1, TimeSpan.FromDays(400)),
        ]);
        Assert.Equal(8, faults.Count);
        Assert.Contains("twice", Assert.Throws<ArgumentException>(() => QuotaLimits.Create(Tokens("twice", 1), Tokens("twice", 2))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Cost_IsRoundedUp_AndItsInverseIsExact()
    {
        var random = new Random(20261128);
        for (var i = 0; i < 20_000; i++)
        {
            var price = new ModelPrice(random.NextInt64(ModelPrice.MaxPerMillion + 1), random.NextInt64(1, 1L << random.Next(1, 32)));
            var input = random.NextInt64(1L << random.Next(1, 29));
            var amount = random.NextInt64(1L << random.Next(1, 42));
            var output = price.AffordableOutput(amount, input);
            Assert.True(output < 0 ? price.Cost(input, 0) > amount : price.Cost(input, output) <= amount, $"{price} {input} {amount}");
            Assert.True(output < 0 || output == QuotaRequest.MaxTokens
                || price.Cost(input, output + 1) > amount, $"{price} {input} {amount}");
        }

        Assert.Equal(8_000_000_000_000, new ModelPrice(ModelPrice.MaxPerMillion, ModelPrice.MaxPerMillion)
            .Cost(QuotaRequest.MaxTokens, QuotaRequest.MaxTokens));
    }

    private static TimeSpan Minute => TimeSpan.FromMinutes(1);

    private static QuotaLimit Tokens(string name, long cap) => new(name, QuotaMeasure.TotalTokens, cap, Minute);

    private static QuotaDecision Reserve(QuotaLedger ledger, long input, long min, long max) =>
        ledger.Reserve(new(Subject, input, min, max, default));

    private QuotaLedger Ledger(params QuotaLimit[] limits) => QuotaLedger.InMemory(QuotaLimits.Create(limits), _time);
}
