using System.Diagnostics;
using System.Globalization;
using Stillwatch.Store;
using Stillwatch.Store.Engine;

namespace Stillwatch.IntegrationTests.Store;

/// <summary>The command line is killed (SIGKILL) in the middle of an ingest, again and again; then it is run to its end.</summary>
public sealed class KilledIngestTests : StoreTests
{
    /// <summary>How many kills a run makes; the quick form's number unless the variable gives another.</summary>
    private const string KillsVariable = "STILLWATCH_KILLS";
    private const int QuickKills = 25;
    private const int KillsAStore = 5;
    private const int Lines = 15_000;
    private const int MostParts = 45;
    private const int Seed = 20_260_302;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Ingest_KilledAtAnyMoment_IsCompletedByRunningItAgain()
    {
        var log = Path.Combine(NewDirectory(), "log.jsonl");
        await File.WriteAllBytesAsync(log, SampleLog.Bytes(SampleLog.Lines(Lines, stepMs: 300_000)), Cancellation);
        var expected = await UninterruptedAsync(log);
        Assert.Equal((Lines, Lines, 0ul), ((int)expected.Interactions, (int)expected.Keys, expected.Unnamed));
        var random = new Random(Seed);
        var partly = 0;
        for (var (kills, total) = (0, Kills()); kills < total; kills += KillsAStore)
        {
            partly += await KillAndCompleteAsync(log, expected, random);
        }

        Assert.True(partly >= Kills() / 3, $"Only {partly} of {Kills()} kills left a store partly filled; the test shows too little.");
    }

    private static int Kills() => Environment.GetEnvironmentVariable(KillsVariable) is { Length: > 0 } text
        ? int.Parse(text, CultureInfo.InvariantCulture)
        : QuickKills;

    private async Task<StoreContent> UninterruptedAsync(string log)
    {
        var directory = NewDirectory();
        using var process = Start(log, directory);
        await EndAsync(process);
        return await ReadAsync(directory, []);
    }

    /// <summary>Kills some ingests into one store, lets the next one end, and compares.</summary>
    /// <returns>How many kills left the store partly filled.</returns>
    private async Task<int> KillAndCompleteAsync(string log, StoreContent expected, Random random)
    {
        var directory = NewDirectory();
        var batches = new Dictionary<uint, (ulong Rows, ulong Checksum)>();
        var partly = 0;
        for (var kill = 0; kill < KillsAStore; kill++)
        {
            await KillAsync(log, directory, random);
            var left = await ReadAsync(directory, batches);
            TestContext.Current.TestOutputHelper?.WriteLine($"{left.Interactions} interactions were stored");
            Assert.Equal((left.Interactions, 0ul), (left.Keys, left.Unnamed));
            partly += left.Interactions > 0 && left.Interactions < expected.Interactions ? 1 : 0;
        }

        using var last = Start(log, directory);
        await EndAsync(last);
        Assert.Equal(expected, await ReadAsync(directory, batches));
        return partly;
    }

    /// <summary>
    /// Kills an ingest some milliseconds after it has begun the n-th part of a table. Parts are counted and not time, as the machine
    /// may be slow at one moment and fast at another.
    /// </summary>
    private static async Task KillAsync(string log, string directory, Random random)
    {
        var (parts, delay) = (random.Next(MostParts), random.Next(12));
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"kill {delay} ms after part {parts} (seed {Seed})"));
        var seen = Parts(directory).ToHashSet();
        var target = seen.Count + parts;
        using var process = Start(log, directory);
        for (; seen.Count < target && !process.HasExited; seen.UnionWith(Parts(directory)))
        {
            await Task.Delay(1, Cancellation);
        }

        await Task.Delay(delay, Cancellation);
        process.Kill();
        await EndAsync(process, killed: true);
    }

    /// <summary>The directories of parts, finished or being written, of all tables.</summary>
    private static IEnumerable<string> Parts(string directory)
    {
        var tables = Path.Combine(directory, "store");
        try
        {
            return Directory.Exists(tables)
                ? [.. Directory.EnumerateDirectories(tables, "*_*_*", SearchOption.AllDirectories)]
                : [];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    /// <summary>The store's content; batches seen before must be what they were.</summary>
    private static async Task<StoreContent> ReadAsync(string directory, Dictionary<uint, (ulong Rows, ulong Checksum)> batches)
    {
        await using var store = await InteractionStore.OpenAsync(directory, null, Cancellation);
        var query = Sql.Of("SELECT batch, count(), sum(cityHash64(key)) FROM interactions GROUP BY batch");
        await using (var rows = await store.Engine.QueryAsync(query, null, Cancellation))
        {
            while (rows.Read())
            {
                var (batch, found) = (rows.UInt32(), (rows.UInt64(), rows.UInt64()));
                Assert.Equal(batches.TryAdd(batch, found) ? found : batches[batch], found);
            }
        }

        Assert.True(batches.Keys.DefaultIfEmpty().Max() <= await store.CommittedBatchAsync(Cancellation));
        return await StoreContent.ReadAsync(store);
    }

    private static Process Start(string log, string directory)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Stillwatch.Cli.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [program, "ingest", log, "--store", directory, "--block-rows", "500"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
    }

    private static async Task EndAsync(Process process, bool killed = false)
    {
        var errors = process.StandardError.ReadToEndAsync(Cancellation);
        var output = process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation).WaitAsync(Patience, Cancellation);
        Assert.True(killed || process.ExitCode == 0, $"Status {process.ExitCode}: {await errors}{await output}");
    }
}
