using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Stillwatch.Benchmarks.Ingest;
using Stillwatch.Evidence.Decisions;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog;

namespace Stillwatch.Benchmarks.Evidence;

/// <summary>
/// Durable appends a second from many concurrent callers, beside SQLite and (where Debian's is installed) PostgreSQL under the same load;
/// then the check of the whole log, beside golang.org/x/mod/sumdb where Go is installed.
/// </summary>
internal static class LogAppendBenchmark
{
    private const int DefaultEntries = 100_000;
    private const int Rounds = 3;
    private const string Origin = "example.com/benchmark";

    private static readonly int[] Callers = [1, 100, 2000];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var most = arguments is ["--entries", var number] ? int.Parse(number, CultureInfo.InvariantCulture) : DefaultEntries;
        var directory = Directory.CreateTempSubdirectory("stillwatch-bench-log-");
        try
        {
            var entries = Enumerable.Range(0, most).Select(Entry).ToArray();
            Console.WriteLine(Text($"{most:#,0} decisions of {entries[0].Length} bytes, {Environment.ProcessorCount} processors"));
            await using var postgres = await PostgresServer.StartAsync(Path.Combine(directory.FullName, "postgres"));
            Console.WriteLine(postgres is null ? "PostgreSQL is not there: its figures are left out." : postgres.Version);
            Console.WriteLine("callers  round      log/s   SQLite/s  PostgreSQL/s");
            for (var round = 1; round <= Rounds; round++)
            {
                foreach (var callers in Callers)
                {
                    await CompareAsync(directory.FullName, postgres, entries, callers, round);
                }
            }

            await VerifyAsync(directory.FullName, entries);
            return 0;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>A single caller waits for the disk each time, so it is given few entries.</summary>
    private static async Task CompareAsync(string directory, PostgresServer? postgres, byte[][] entries, int callers, int round)
    {
        var count = callers == 1 ? 200 : callers == 100 ? Math.Min(20_000, entries.Length) : entries.Length;
        var log = await LogAsync(Path.Combine(directory, $"log-{callers}-{round}"), entries, count, callers);
        var sqlite = await RivalAsync(new SqliteAppender(Path.Combine(directory, $"sqlite-{callers}-{round}")), entries, count, callers);
        var theirs = "-";
        if (postgres is not null)
        {
            var rival = new PostgresAppender(postgres, Text($"entries_{callers}_{round}"));
            theirs = Text($"{count / await RivalAsync(rival, entries, count, callers):#,0}");
        }

        Console.WriteLine(Text($"{callers,7} {round,6} {count / log,10:#,0} {count / sqlite,10:#,0} {theirs,13}"));
    }

    private static async Task<double> LogAsync(string directory, byte[][] entries, int count, int callers)
    {
        using var key = NoteSigningKey.Parse(NoteSigningKey.Generate(Origin, NoteKeyType.Ed25519));
        double seconds;
        await using (var log = LogWriter.Create(directory, key))
        {
            seconds = await TimeAsync(entries, count, callers, entry => log.AppendAsync(entry));
        }

        var report = LogFsck.Run(directory, key.VerifierKey);
        IngestBenchmark.Require(report.IsWhole && report.Entries == (ulong)count, "the log does not hold every entry");
        return seconds;
    }

    private static async Task<double> RivalAsync(BatchedAppender rival, byte[][] entries, int count, int callers)
    {
        await using (rival)
        {
            return await TimeAsync(entries, count, callers, rival.AppendAsync);
        }
    }

    private static async Task<double> TimeAsync(byte[][] entries, int count, int callers, Func<byte[], Task> append)
    {
        GC.Collect();
        var next = -1;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var mine && mine < count)
            {
                await append(entries[mine]);
            }
        })));
        return clock.Elapsed.TotalSeconds;
    }

    private static async Task VerifyAsync(string directory, byte[][] entries)
    {
        using var key = NoteSigningKey.Parse(NoteSigningKey.Generate(Origin, NoteKeyType.Ed25519));
        var log = Path.Combine(directory, "verified");
        await using (var writer = LogWriter.Create(log, key))
        {
            foreach (var batch in entries.Chunk(LogOptions.DefaultMaxBatchEntries))
            {
                await writer.AppendAsync([.. batch.Select(entry => (ReadOnlyMemory<byte>)entry)]);
            }
        }

        var go = await BuildGoAsync(directory);
        for (var round = 1; round <= Rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            IngestBenchmark.Require(LogFsck.Run(log, key.VerifierKey).IsWhole, "the log is not whole");
            Console.WriteLine(Text($"fsck           {entries.Length / clock.Elapsed.TotalSeconds,10:#,0} entries/s"));
            if (go is not null)
            {
                await File.WriteAllTextAsync($"{directory}/proofs", string.Empty);
                clock.Restart();
                var status = await RunAsync(go, log, key.VerifierKey.ToString(), $"{directory}/proofs");
                IngestBenchmark.Require(status == 0, "Go refuses the log");
                Console.WriteLine(Text($"Go, x/mod      {entries.Length / clock.Elapsed.TotalSeconds,10:#,0} entries/s"));
            }
        }
    }

    /// <summary>The checker that the tests use; null where it cannot be built.</summary>
    private static async Task<string?> BuildGoAsync(string directory)
    {
        var source = Path.GetFullPath("tests/oracles/check_log.go");
        if (!File.Exists(source) || !File.Exists("/usr/bin/go"))
        {
            Console.WriteLine("Go or tests/oracles/check_log.go is not there (run from the checkout): its figure is left out.");
            return null;
        }

        var program = Path.Combine(directory, "check_log");
        return await RunAsync("go", "build", "-o", program, source) == 0 ? program : null;
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        start.Environment["GO111MODULE"] = "off";
        start.Environment["GOPATH"] = "/usr/share/gocode";
        start.Environment.TryAdd("GOCACHE", Path.Combine(Path.GetTempPath(), "stillwatch-gocache"));
        using var process = Process.Start(start)!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static byte[] Entry(int number) => DecisionEntry.Create(
        Text($"d-{number:00000000}"),
        EntryKind.Verdict,
        Text($"account/a-{number % 10_000:00000}"),
        "hunt",
        DateTimeOffset.UnixEpoch.AddSeconds(number),
        new JsonObject { ["verdict"] = "review", ["reasons"] = new JsonArray("R101", "R204"), ["evalue"] = 1000 + number }).Bytes.ToArray();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
