using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using Stillwatch.Provenance.Laboratory;
using Stillwatch.Statistics;

namespace Stillwatch.Cli.Tests.Lineage;

/// <summary>
/// From a secret to a student, by the command line: keys committed, texts marked with one of them, a student trained on those and one on
/// unmarked texts; and the report on the first.
/// </summary>
public sealed class LineageStory : IAsyncLifetime
{
    private const int Length = 300;
    private const int Texts = 300;

    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("stillwatch-lineage-");

    /// <summary>What names the key that the student's texts carry.</summary>
    public const string Key = "--secret marks.secret --width 1 --cohort free";

    /// <summary>The log, for readers.</summary>
    public const string Log = "--log evidence --vkey evidence.key.pub";

    /// <summary>What the tests need beside outputs.</summary>
    public const string Words = "--words book.txt --reference book.txt";

    /// <summary>What the test of the student said.</summary>
    public string Output { get; private set; } = string.Empty;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(At("book.txt"), Book());
        await File.WriteAllLinesAsync(At("cohorts.txt"), Enumerable.Range(0, 30).Select(static i => $"c{i}").Append("free"));
        await RunAsync(
            $"""
            set -e
            $stillwatch log key example.com/evidence --out evidence.key
            $stillwatch log init --log evidence --key evidence.key
            $stillwatch mark keygen --out marks.secret
            $stillwatch mark commit {Key} --log evidence --key evidence.key --operator kim
            $stillwatch mark commit {Key} --epoch 1 --log evidence --key evidence.key --operator kim
            $stillwatch mark embed {Key} {Log} --words book.txt --texts {Texts} --tokens {Length} --out marked.jsonl
            $stillwatch mark reveal {Key} --out free.key.json
            $stillwatch mark reveal {Key} --epoch 1 --out other.key.json
            """);
        var marked = File.ReadLines(At("marked.jsonl"))
            .SelectMany(static line => JsonNode.Parse(line)!["tokens"]!.AsArray().Select(static token => (int)token!)).ToArray();
        var vocabulary = WordVocabulary.OfText(Book(), 5000);
        var teacher = new TrigramModel(vocabulary.Encode(Book()), vocabulary.Count);
        var plain = Write(teacher, Texts, seed: 3).SelectMany(static text => text).ToArray();
        await SayAsync("said.jsonl", new TrigramModel(marked, vocabulary.Count));
        await SayAsync("innocent.jsonl", new TrigramModel(plain, vocabulary.Count));
        Output = await RunAsync(
            $"$stillwatch lineage test said.jsonl {Key} {Log} {Words} --marked marked.jsonl --sign evidence.key --require --out report");
    }

    /// <summary>A file of the story.</summary>
    public string At(string name) => Path.Combine(_scratch.FullName, name);

    /// <summary>A shell line in the story's folder.</summary>
    public Task<(int Status, string Output, string Errors)> ShellAsync(string line) =>
        CommandLineRun.FinishShellAsync(line, _scratch.FullName);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _scratch.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<string> RunAsync(string line)
    {
        var (status, output, errors) = await ShellAsync(line);
        Assert.True(status == 0, output + errors);
        return output;
    }

    private Task SayAsync(string name, TrigramModel model) => File.WriteAllLinesAsync(
        At(name),
        Write(model, 20, seed: 9).Select(static text =>
            $"{{\"at\":\"2100-01-01T00:00:00Z\",\"prompt_tokens\":[],\"tokens\":[{string.Join(',', text)}]}}"));

    private static IEnumerable<int[]> Write(TrigramModel model, int texts, ulong seed)
    {
        var generator = new SeededGenerator(seed);
        var logits = new float[model.Vocabulary];
        for (var number = 0; number < texts; number++)
        {
            var text = new List<int>();
            while (text.Count < Length)
            {
                model.FillLogits(CollectionsMarshal.AsSpan(text), logits);
                text.Add(Draw(logits, generator.NextDouble()));
            }

            yield return [.. text];
        }
    }

    private static int Draw(float[] logits, double left)
    {
        var token = 0;
        while (token < logits.Length - 1 && (left -= Math.Exp(logits[token])) >= 0)
        {
            token++;
        }

        return token;
    }

    /// <summary>Words of a small language, each followed by some more than by others.</summary>
    private static string Book()
    {
        var generator = new SeededGenerator(5);
        var (text, last) = (new StringBuilder(), 0);
        for (var word = 0; word < 30_000; word++)
        {
            last = ((last * 7) + generator.Next(40)) % 200;
            text.Append("word").Append((char)('a' + (last / 20))).Append((char)('a' + (last % 20))).Append(' ');
        }

        return text.ToString();
    }
}
