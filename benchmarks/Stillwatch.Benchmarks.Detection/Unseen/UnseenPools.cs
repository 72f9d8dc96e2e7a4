using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stillwatch.Benchmarks.Detection.Commands;

namespace Stillwatch.Benchmarks.Detection.Unseen;

/// <summary>Prompt pools for the composer in which the instructions of campaigns are queries of published attacks.</summary>
internal static class UnseenPools
{
    private const string Queried = "campaign-extraction-queries.jsonl.gz";

    /// <summary>The pools that these queries take the place of: those that campaigns draw instructions from otherwise.</summary>
    private static readonly string[] Replaced = ["campaign-alpaca-demo.jsonl.gz", "campaign-gpt4-llm.jsonl.gz"];

    /// <summary>Lays the pools out in a directory: links to what there is, and the queries.</summary>
    /// <param name="data">The folder with <c>pools</c> and <c>extraction-queries</c>.</param>
    /// <param name="directory">An empty directory.</param>
    /// <returns>The number of queries.</returns>
    /// <exception cref="UnusableException">A folder is missing, or a line is no object with a text and a label.</exception>
    public static int Write(string data, string directory)
    {
        foreach (var pool in Files(Path.Combine(data, "pools")).Where(static pool => !Replaced.Contains(Path.GetFileName(pool))))
        {
            File.CreateSymbolicLink(Path.Combine(directory, Path.GetFileName(pool)), Path.GetFullPath(pool));
        }

        var queries = Files(Path.Combine(data, "extraction-queries")).SelectMany(Queries).Distinct(StringComparer.Ordinal).ToList();
        using var file = new GZipStream(File.Create(Path.Combine(directory, Queried)), CompressionLevel.Fastest);
        using var writer = new StreamWriter(file);
        foreach (var text in queries)
        {
            var prompt = new JsonObject { ["text"] = text, ["source"] = "extraction-queries", ["kind"] = "instruction" };
            writer.WriteLine(prompt.ToJsonString());
        }

        return queries.Count;
    }

    private static string[] Files(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*.jsonl.gz").Order(StringComparer.Ordinal)]
        : throw new UnusableException($"{folder}: there is no such directory.");

    private static IEnumerable<string> Queries(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            var (text, attack) = Query(line, path, number);
            if (attack)
            {
                yield return text;
            }
        }
    }

    private static (string Text, bool Attack) Query(string line, string path, int number)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return (document.RootElement.GetProperty("text").GetString()!, document.RootElement.GetProperty("label").GetInt32() == 1);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new UnusableException($"{path}:{number}: a line is an object with a text and a label: {fault.Message}");
        }
    }
}
