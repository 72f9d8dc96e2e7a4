using System.Globalization;
using System.Text;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog;

namespace Stillwatch.Evidence.Tests.TransparencyLog;

/// <summary>Logs for tests, and what is demanded of every log.</summary>
internal static class LogFiles
{
    public const string Origin = "example.com/stillwatch";

    /// <summary>An entry that says which it is.</summary>
    public static ReadOnlyMemory<byte> Entry(int number) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"entry {number} {new string('.', number % 50)}"));

    /// <summary>Entries one after the other.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Entries(int from, int count) =>
        [.. Enumerable.Range(from, count).Select(Entry)];

    /// <summary>A log of so many entries.</summary>
    public static async Task WriteAsync(string directory, NoteSigningKey key, int entries, LogOptions? options = null)
    {
        await using var log = LogWriter.Create(directory, key, options);
        for (var from = 0; from < entries; from += 1000)
        {
            await log.AppendAsync(Entries(from, Math.Min(1000, entries - from)));
        }
    }

    /// <summary>The log is whole, and holds every entry that was acknowledged where it was acknowledged.</summary>
    public static void AssertHolds(
        string directory, NoteVerifierKey key, IEnumerable<(ulong Index, ReadOnlyMemory<byte> Entry)> acknowledged, string what)
    {
        var report = LogFsck.Run(directory, key);
        Assert.True(report.IsWhole, $"{what}: {string.Join(' ', report.Faults)}");
        var entries = LogReader.Open(directory, key).Entries().Select(pair => Encoding.UTF8.GetString(pair.Entry.Span)).ToList();
        foreach (var (index, entry) in acknowledged)
        {
            Assert.True((int)index < entries.Count, $"{what}: entry {index} of {entries.Count} is missing.");
            Assert.Equal(Encoding.UTF8.GetString(entry.Span), entries[(int)index]);
        }
    }
}
