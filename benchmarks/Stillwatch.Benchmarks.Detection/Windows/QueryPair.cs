using System.IO.Compression;
using System.Text.Json;

namespace Stillwatch.Benchmarks.Detection.Windows;

/// <summary>The benign queries of one victim's task and the queries of one published attack on it.</summary>
internal sealed record QueryPair(string Name, IReadOnlyList<string> Benign, IReadOnlyList<string> Attack)
{
    private const string Ending = ".jsonl.gz";

    /// <summary>Reads a file of one object a line, with a text and a label: 1 for an attacker's query, 0 for a benign one.</summary>
    /// <exception cref="InvalidDataException">A line is not such an object.</exception>
    public static QueryPair Load(string path)
    {
        var (benign, attack) = (new List<string>(), new List<string>());
        using var packed = File.OpenRead(path);
        using var reader = new StreamReader(new GZipStream(packed, CompressionMode.Decompress));
        for (var line = 1; reader.ReadLine() is { } json; line++)
        {
            var (text, label) = Parse(json, path, line);
            (label == 1 ? attack : benign).Add(text);
        }

        return new(Path.GetFileName(path)[..^Ending.Length], benign, attack);
    }

    /// <summary>The files of a folder that hold pairs, in ordinal order of their names.</summary>
    public static IReadOnlyList<string> FilesIn(string folder) =>
        [.. Directory.EnumerateFiles(folder, $"*{Ending}").Order(StringComparer.Ordinal)];

    private static (string Text, int Label) Parse(string json, string path, int line)
    {
        try
        {
            using var row = JsonDocument.Parse(json);
            return (row.RootElement.GetProperty("text").GetString()!, row.RootElement.GetProperty("label").GetInt32());
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{path}:{line} is no object with a text and a label of 0 or 1: {fault.Message}", fault);
        }
    }
}
