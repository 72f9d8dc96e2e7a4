using System.Diagnostics;
using System.Globalization;
using System.Threading.RateLimiting;
using Stillwatch.Gateway.Quotas;
using Stillwatch.Gateway.Quotas.Ledger;

namespace Stillwatch.Benchmarks.Gateway;

/// <summary>Reservations and settlements a second on one core, beside a chain of the limiters of .NET over the same limits.</summary>
/// <remarks>
/// Both have four limits: requests and tokens of a key, tokens of an organisation, requests under way. The chain takes its permits one
/// limiter after another, cannot give back what was not used, and forgets at the end of the process.
/// </remarks>
internal static class QuotaBenchmark
{
    private const int Keys = 1000;
    private const int Rounds = 5;

    private static readonly QuotaLimits Limits = QuotaLimits.Create(
        new QuotaLimit("requests", QuotaMeasure.Requests, 1_000_000_000, TimeSpan.FromMinutes(1), QuotaScope.Key),
        new QuotaLimit("tokens", QuotaMeasure.TotalTokens, 1_000_000_000, TimeSpan.FromMinutes(1), QuotaScope.Key),
        new QuotaLimit("organisation", QuotaMeasure.TotalTokens, 100_000_000_000, TimeSpan.FromMinutes(1), QuotaScope.Organisation),
        new QuotaLimit("under way", QuotaMeasure.Concurrency, 100_000, null, QuotaScope.Key));

    /// <summary>A round fits one segment: what is measured is the copying, not the disk.</summary>
    private static readonly QuotaLedgerOptions Large = new() { Journal = new() { SegmentBytes = 128 * 1024 * 1024 } };

    public static async Task<int> RunAsync(string[] arguments)
    {
        var requests = arguments is ["--requests", var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 500_000;
        Console.WriteLine($"{requests} requests of {Keys} keys (Zipf, 1.1), four limits each; best of {Rounds} rounds, one thread.");
        var keys = Zipf(requests);
        var rival = await BestAsync(requests, keys, TimeSpan.Zero, Chained);
        using var memory = QuotaLedger.InMemory(Limits, TimeProvider.System);
        var inMemory = await BestAsync(requests, keys, TimeSpan.Zero, chosen => Reserve(memory, chosen));
        var folder = Directory.CreateTempSubdirectory("stillwatch-quota-");
        double durable;
        using (var ledger = QuotaLedger.Open(folder.FullName, Limits, TimeProvider.System, Large))
        using (var stop = new CancellationTokenSource())
        {
            var upkeep = ledger.RunAsync(stop.Token);
            durable = await BestAsync(requests, keys, TimeSpan.FromSeconds(3), chosen => Reserve(ledger, chosen));
            await stop.CancelAsync();
            await upkeep;
        }

        folder.Delete(recursive: true);
        Print("reserve and settle, in memory", inMemory, rival);
        Print("reserve and settle, with a journal", durable, rival);
        Print("chained .NET limiters, no settling", rival, rival);
        return 0;
    }

    private static int[] Zipf(int count)
    {
        var random = new Random(20261128);
        var weights = Enumerable.Range(1, Keys).Select(rank => Math.Pow(rank, -1.1)).ToArray();
        var total = weights.Sum();
        var cumulative = weights.Select((_, i) => weights.AsSpan(0, i + 1).ToArray().Sum() / total).ToArray();
        return [.. Enumerable.Range(0, count).Select(_ => Math.Min(Keys - 1, ~Array.BinarySearch(cumulative, random.NextDouble())))];
    }

    private static async Task<double> BestAsync(int requests, int[] keys, TimeSpan pause, Func<int[], int> run)
    {
        var best = 0.0;
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            var denied = run(keys);
            if (denied == 0)
            {
                best = Math.Max(best, requests / Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
            else
            {
                Console.WriteLine($"  a round does not count: {denied} were denied");
            }

            await Task.Delay(pause);
        }

        return best;
    }

    private static int Reserve(QuotaLedger ledger, int[] keys)
    {
        var subjects = Enumerable.Range(0, Keys).Select(key => new QuotaSubject($"key-{key}", "a", $"org-{key % 50}", "m", "eu",
            "T1")).ToArray();
        var denied = 0;
        foreach (var key in keys)
        {
            var decision = ledger.Reserve(new(subjects[key], 200, 1, 300, default));
            if (decision.IsGranted)
            {
                decision.Reservation.Settle(180, 120);
            }
            else
            {
                denied++;
            }
        }

        return denied;
    }

    private static int Chained(int[] keys)
    {
        using var limiter = PartitionedRateLimiter.CreateChained(
            Window("key-", 1), Window("key-", 500), Window("org-", 500), PartitionedRateLimiter.Create<int, string>(key =>
                RateLimitPartition.GetConcurrencyLimiter($"key-{key}", _ => new() { PermitLimit = 100_000, QueueLimit = 0 })));
        var denied = 0;
        foreach (var key in keys)
        {
            using var lease = limiter.AttemptAcquire(key);
            denied += lease.IsAcquired ? 0 : 1;
        }

        return denied;
    }

    /// <summary>A chain asks every limiter for the same number of permits, so tokens are asked for in units of a request.</summary>
    private static PartitionedRateLimiter<int> Window(string kind, int tokens) => PartitionedRateLimiter.Create<int, string>(key =>
        RateLimitPartition.GetSlidingWindowLimiter(kind + (kind[0] == 'o' ? key % 50 : key), _ => new()
        {
            PermitLimit = 1_000_000_000 / tokens,
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = 32,
            QueueLimit = 0,
        }));

    private static void Print(string what, double rate, double rival) => Console.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"  {what,-36} {rate,12:N0} a second   {rate / rival,5:0.00} x the chain"));
}
