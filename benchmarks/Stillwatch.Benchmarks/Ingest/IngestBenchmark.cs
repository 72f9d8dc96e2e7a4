using System.Diagnostics;
using System.Globalization;
using Stillwatch.Interactions;
using Stillwatch.Interactions.Reading;
using Stillwatch.Store;

namespace Stillwatch.Benchmarks.Ingest;

/// <summary>
/// How long JSONL → store takes, beside what the embedded engine needs to load the same file (JSONEachRow) into the columns of the
/// contract; and how fast interactions in memory become rows. Times are of the wall; the processor's are beside them, as the machine
/// may have other work.
/// </summary>
internal static class IngestBenchmark
{
    private const int DefaultLines = 1_000_000;
    private const int Rounds = 3;
    private const int InMemory = 300_000;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var lines = arguments is [.., "--lines", var number] ? int.Parse(number, CultureInfo.InvariantCulture) : DefaultLines;
        var directory = Directory.CreateTempSubdirectory("stillwatch-bench-");
        try
        {
            var log = Path.Combine(directory.FullName, "log.jsonl");
            BenchmarkLog.Write(log, arguments is [var source, ..] && source != "--lines" ? source : null, lines);
            var size = new FileInfo(log).Length / 1e6;
            Console.WriteLine(Text($"{lines:#,0} interactions, {size:#,0} MB of JSONL, {Environment.ProcessorCount} processors"));
            await CompareAsync(directory.FullName, log, lines);
            await AppendAsync(directory.FullName, log);
            return 0;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task CompareAsync(string directory, string log, int lines)
    {
        var ratios = new List<double>();
        for (var round = 1; round <= Rounds; round++)
        {
            var engine = await MeasureAsync("engine alone, JSONEachRow", lines, () => NativeLoad.RunAsync(Fresh(directory), log, lines));
            var store = await MeasureAsync("stillwatch ingest", lines, () => IngestAsync(Fresh(directory), log, lines));
            ratios.Add(store / engine);
        }

        ratios.Sort();
        Console.WriteLine(Text($"ratio stillwatch / engine: {ratios[ratios.Count / 2]:0.00} (of {Rounds} rounds; demanded at most 2.5)"));
    }

    private static async Task<string> IngestAsync(string directory, string log, int lines)
    {
        await using var store = await InteractionStore.OpenAsync(directory);
        var summary = await store.IngestAsync([InputFile.FromPath(0, log)]);
        Require(summary.Stored == lines, $"{summary.Stored} of {lines} interactions were stored");
        var overview = await store.DescribeAsync();
        return Text($"{(double)overview.InteractionBytes / overview.Interactions:0.0} bytes an interaction on disk");
    }

    private static async Task AppendAsync(string directory, string log)
    {
        var reader = new InteractionReader(new(), new(), TimeProvider.System);
        var interactions = await reader.ReadAsync([InputFile.FromPath(0, log)]).Take(InMemory).ToListAsync();
        var lists = interactions.Chunk(2048).Cast<IReadOnlyList<Interaction>>().ToList();
        await using var store = await InteractionStore.OpenAsync(Fresh(directory));
        for (var round = 1; round <= Rounds; round++)
        {
            await MeasureAsync(round == 1 ? "interactions in memory" : "the same again", interactions.Count, async () =>
            {
                var summary = await store.AppendAsync(lists.ToAsyncEnumerable());
                return Text($"{summary.Stored:#,0} stored, {summary.Duplicates:#,0} known");
            });
        }
    }

    private static async Task<double> MeasureAsync(string what, int count, Func<Task<string>> run)
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var processor = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var remark = await run();
        var seconds = clock.Elapsed.TotalSeconds;
        process.Refresh();
        var busy = (process.TotalProcessorTime - processor).TotalSeconds;
        Console.WriteLine(Text($"{what,-28} {seconds,7:0.00} s  {count / seconds,9:#,0}/s  processor {busy,6:0.0} s  {remark}"));
        return seconds;
    }

    private static string Fresh(string directory)
    {
        var path = Path.Combine(directory, "store");
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }

        return path;
    }

    internal static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"The benchmark measured something else than it says: {otherwise}.");
        }
    }

    internal static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
