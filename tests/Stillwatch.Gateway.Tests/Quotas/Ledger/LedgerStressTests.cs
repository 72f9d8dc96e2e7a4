using Stillwatch.Gateway.Quotas;
using Stillwatch.Gateway.Quotas.Ledger;

namespace Stillwatch.Gateway.Tests.Quotas.Ledger;

/// <summary>Ten thousand tasks at once on one budget; some die without a word.</summary>
public sealed class LedgerStressTests
{
    private const int Tasks = 10_000;
    private const long Budget = 2_000_000;
    private const int Most = 600;

    private long _passedOn;
    private long _granted;
    private long _underWay;
    private long _mostUnderWay;

    [Fact]
    public async Task TenThousandAtOnce_WithCrashes_NothingOvershootsAndTheBudgetIsUsed()
    {
        using var folder = new TemporaryFolder();
        var limits = QuotaLimits.Create(
            new("budget", QuotaMeasure.OutputTokens, Budget, null),
            new("of a key", QuotaMeasure.OutputTokens, Budget / 2, TimeSpan.FromMinutes(1), QuotaScope.Key),
            new("under way", QuotaMeasure.Concurrency, 3000, null));
        using var ledger = QuotaLedger.Open(folder.Path, limits, TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var upkeep = ledger.RunAsync(stop.Token);
        await Task.WhenAll(Enumerable.Range(0, Tasks).Select(i => Task.Run(() => RequestsAsync(ledger, i))));
        await stop.CancelAsync();
        await upkeep;

        var left = ledger.Standing(new("k0", "", "", "", "", ""))[0].Remaining;
        Assert.InRange(_passedOn, 0.95 * Budget, Budget);
        Assert.InRange(_mostUnderWay, 1, 3000);
        Assert.True(_granted >= 4000, $"{_granted} requests were granted: too few to press on the budget.");
        Assert.InRange(left, 0, (long)(0.05 * Budget));
        Assert.Null(ledger.Fault);
    }

    private async Task RequestsAsync(QuotaLedger ledger, int number)
    {
        var random = new Random(number);
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var subject = new QuotaSubject($"k{number % 3}", "", "", "", "", "");
            var decision = ledger.Reserve(new(subject, 0, 1, random.Next(1, Most), default));
            if (!decision.IsGranted)
            {
                await Task.Yield();
                continue;
            }

            Interlocked.Increment(ref _granted);
            Note(Interlocked.Increment(ref _underWay));
            await StreamAsync(decision.Reservation, random);
        }
    }

    private async Task StreamAsync(QuotaReservation reservation, Random random)
    {
        // One in a hundred dies in the middle and leaves the reservation to whoever cleans up; half stop early.
        var isToDie = random.Next(100) == 0;
        var wanted = random.Next(2) == 0 ? reservation.OutputTokens + 1 : random.NextInt64(reservation.OutputTokens + 1);
        for (var left = wanted; left > 0;)
        {
            var step = reservation.Spend(Math.Min(left, 1 + random.Next(60)));
            if (step == 0)
            {
                break;
            }

            Interlocked.Add(ref _passedOn, step);
            left -= step;
            await Task.Yield();
            if (isToDie)
            {
                break;
            }
        }

        Interlocked.Decrement(ref _underWay);
        if (isToDie)
        {
            reservation.Dispose();
        }
        else
        {
            reservation.Settle(0, reservation.SpentOutputTokens);
        }
    }

    private void Note(long underWay)
    {
        for (var seen = Interlocked.Read(ref _mostUnderWay); underWay > seen;)
        {
            seen = Interlocked.CompareExchange(ref _mostUnderWay, underWay, seen) is var now && now == seen ? underWay : now;
        }
    }
}
