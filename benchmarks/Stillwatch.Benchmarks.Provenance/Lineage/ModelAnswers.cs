using System.IO.Compression;
using System.Text.Json;
using Stillwatch.Benchmarks.Detection.Commands;

namespace Stillwatch.Benchmarks.Provenance.Lineage;

/// <summary>Answers of many models to the same prompts, and what is known of who taught whom (shared/data/lineage).</summary>
internal sealed class ModelAnswers
{
    private ModelAnswers(Dictionary<string, string[]> answers, Dictionary<string, HashSet<string>> teachers) =>
        (Answers, Teachers) = (answers, teachers);

    /// <summary>By model, in the order of the prompts that all have; an absent answer is empty.</summary>
    public IReadOnlyDictionary<string, string[]> Answers { get; }

    /// <summary>By student: names of teachers, a family as its beginning; empty for one that had none.</summary>
    public IReadOnlyDictionary<string, HashSet<string>> Teachers { get; }

    public static ModelAnswers Read(string folder)
    {
        var relations = Path.Combine(folder, "relations.csv");
        if (!File.Exists(relations))
        {
            throw new UnusableException($"{folder} holds no relations.csv.");
        }

        var byModel = Directory.EnumerateFiles(folder, "*.jsonl.gz").Order(StringComparer.Ordinal)
            .ToDictionary(static path => Path.GetFileName(path)[..^".jsonl.gz".Length], ReadModel, StringComparer.Ordinal);
        var prompts = byModel.Values.SelectMany(static answers => answers.Keys).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal).ToArray();
        var answers = byModel.ToDictionary(
            static model => model.Key,
            model => prompts.Select(prompt => model.Value.GetValueOrDefault(prompt, string.Empty)).ToArray(),
            StringComparer.Ordinal);
        var teachers = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var rows = File.ReadLines(relations).Skip(1).Select(static line => line.Split(',', 4)).Where(static fields => fields.Length == 4);
        foreach (var fields in rows)
        {
            var known = teachers.TryGetValue(fields[0], out var names) ? names : teachers[fields[0]] = [];
            if (fields[1] != "none")
            {
                known.Add(fields[1].TrimEnd('*'));
            }
        }

        return new(answers, teachers);
    }

    private static Dictionary<string, string> ReadModel(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            using var row = JsonDocument.Parse(line);
            answers[row.RootElement.GetProperty("prompt").GetString()!] = row.RootElement.GetProperty("output").GetString()!;
        }

        return answers;
    }
}
