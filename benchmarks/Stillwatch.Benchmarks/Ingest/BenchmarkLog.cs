using System.Globalization;
using System.IO.Compression;
using System.Text;
using Stillwatch.Simulation;
using Stillwatch.Simulation.Scenarios;

namespace Stillwatch.Benchmarks.Ingest;

/// <summary>A log of so many lines: a given one repeated under other ids and on later days, or a simulated one.</summary>
internal static class BenchmarkLog
{
    private const string Scenario = "demo";
    private const int TimeStart = 9;
    private const int DateLength = 10;

    public static void Write(string path, string? source, int lines)
    {
        var original = source ?? Simulate(path + ".simulated.gz");
        Repeat(path, ReadLines(original, lines), lines);
    }

    private static string Simulate(string path)
    {
        using var file = File.Create(path);
        var traffic = SimulatedTraffic.Create(BuiltInScenarios.Get(Scenario), new());
        new SimulationWriter(traffic).WriteInteractions(file);
        return path;
    }

    /// <summary>Lines begin with the time, as composed and simulated logs have it, so that a date is replaced where it stands.</summary>
    private static void Repeat(string path, List<string> originals, int lines)
    {
        var timeFirst = originals[0].StartsWith("{\"time\":\"", StringComparison.Ordinal);
        IngestBenchmark.Require(timeFirst, "the log's lines do not begin with the time");
        var days = originals.Select(Day).Distinct().Order().ToList();
        var span = days[^1].DayNumber - days[0].DayNumber + 1;
        using var log = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 20) { NewLine = "\n" };
        for (var line = 0; line < lines; line++)
        {
            var copy = line / originals.Count;
            var original = originals[line % originals.Count];
            var day = Day(original).AddDays(span * copy).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            log.Write(original.AsSpan(0, TimeStart));
            log.Write(day);
            log.WriteLine(original[(TimeStart + DateLength)..].Replace("\"id\":\"", $"\"id\":\"{copy}-", StringComparison.Ordinal));
        }
    }

    private static DateOnly Day(string line) =>
        DateOnly.ParseExact(line.AsSpan(TimeStart, DateLength), "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static List<string> ReadLines(string source, int most)
    {
        using var file = File.OpenRead(source);
        using Stream plain = source.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(plain);
        var lines = new List<string>();
        while (lines.Count < most && reader.ReadLine() is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }
}
