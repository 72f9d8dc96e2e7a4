using Stillwatch.Gateway.Quotas;
using Stillwatch.Gateway.Quotas.Leases;
using Stillwatch.Gateway.Quotas.Ledger;

namespace Stillwatch.Gateway.Tests.Quotas.Leases;

public sealed class LeasedQuotaTests : IDisposable
{
    private static readonly QuotaSubject Subject = new("k1", "", "", "", "", "");
    private static readonly QuotaLimits Limits = QuotaLimits.Create(
        new QuotaLimit("budget", QuotaMeasure.OutputTokens, 1000, null),
        new QuotaLimit("under way", QuotaMeasure.Concurrency, 2, null));

    private readonly ManualTime _time = new();
    private readonly QuotaLedger _ledger;
    private readonly SimulatedNetwork _network;
    private readonly LeasedQuota _node;

    public LeasedQuotaTests()
    {
        _ledger = QuotaLedger.InMemory(Limits, _time);
        var authority = new LocalQuotaAuthority(_ledger, new());
        _network = new(new Random(1), () => authority) { IsPerfect = true };
        _node = new("node", _network, Limits, _time);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _node.Dispose();
        _ledger.Dispose();
    }

    [Fact]
    public async Task Reserve_WhatIsInStore_AsksNobody()
    {
        (await ReserveAsync(100)).Settle(0, 100);
        var asked = _network.Delivered;
        (await ReserveAsync(40)).Settle(0, 40);
        Assert.Equal(asked, _network.Delivered);
        Assert.True(await _node.RenewAsync(Token));
        Assert.Equal(1000, _ledger.Standing(Subject)[0].Remaining + 140 + _node.Standing(Subject)[0].Remaining);
    }

    [Fact]
    public async Task Partition_SpendsUntilTheLeaseEnds_ThenNothing()
    {
        var reservation = await ReserveAsync(500);
        _network.IsPartitioned = true;
        _time.Advance(TimeSpan.FromSeconds(8.9));
        Assert.Equal(100, reservation.Spend(100));
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal((0, 0), (reservation.Spend(1), reservation.RemainingOutputTokens));
        var denial = (await _node.ReserveAsync(new(Subject, 0, 1, 1, default), Token)).Denial!;
        Assert.Equal(QuotaDenialReason.AuthorityUnavailable, denial.Reason);

        // Back in time, the lease holds; back too late, it is charged in full and another begins.
        _network.IsPartitioned = false;
        Assert.True(await _node.RenewAsync(Token));
        Assert.Equal(50, reservation.Spend(50));
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.False(await _node.RenewAsync(Token));
        Assert.Equal(0, reservation.Spend(1));
        var again = await ReserveAsync(1000);
        Assert.InRange(again.OutputTokens, 1, 500);
        Assert.Equal(2 - 1, _ledger.Standing(Subject)[1].Remaining);
    }

    [Fact]
    public async Task Renew_GivesBackWhatLiesIdle()
    {
        (await ReserveAsync(800)).Settle(0, 10);
        for (var i = 0; i < 12; i++)
        {
            Assert.True(await _node.RenewAsync(Token));
        }

        Assert.Equal([990, 2], _ledger.Standing(Subject).Select(standing => standing.Remaining));
    }

    [Fact]
    public async Task Reserve_NothingIsLeft_AsksOnceAndThenPauses()
    {
        (await ReserveAsync(1000)).Settle(0, 1000);
        for (var i = 0; i < 100; i++)
        {
            Assert.False((await _node.ReserveAsync(new(Subject, 0, 1, 10, default), Token)).IsGranted);
        }

        Assert.InRange(_network.Delivered, 2, 5);
    }

    [Fact]
    public async Task Reserve_ManyAtOnce_ShareMessagesAndTheBudget()
    {
        var decisions = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => Task.Run(async () =>
        {
            var decision = await _node.ReserveAsync(new(Subject, 0, 1, 7, default), Token);
            decision.Reservation?.Settle(0, decision.Reservation.Spend(7));
            return decision.Reservation?.SpentOutputTokens ?? 0;
        })));
        Assert.InRange(decisions.Sum(), 1, 1000);
    }

    private async Task<QuotaReservation> ReserveAsync(long most) =>
        (await _node.ReserveAsync(new(Subject, 0, 1, most, default), Token)).Reservation!;
}
