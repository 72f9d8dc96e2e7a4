using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Stillwatch.Cli.Tests;

/// <summary>Marks as their user meets them: from a secret to a mark that is found, and what is refused.</summary>
public sealed class MarkVerbTests : IDisposable
{
    private const string MakeLog =
        """
        set -e
        $stillwatch log key example.com/evidence --out evidence.key
        $stillwatch log init --log evidence --key evidence.key
        $stillwatch mark keygen --out marks.secret

        """;

    private const string Log = "--log evidence --vkey evidence.key.pub";

    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("stillwatch-mark-");

    public void Dispose() => _scratch.Delete(recursive: true);

    [Fact]
    public async Task Mark_FromSecretToDetection_IsFoundUnderItsKeyOnly()
    {
        await File.WriteAllTextAsync(At("book.txt"), Book(), TestContext.Current.CancellationToken);
        var (status, output, errors) = await RunAsync(
            $"""
            {MakeLog}
            $stillwatch mark commit --secret marks.secret --cohort free --log evidence --key evidence.key --operator kim
            $stillwatch mark commit --secret marks.secret --cohort free --log evidence --key evidence.key --operator kim
            $stillwatch mark commit --secret marks.secret --cohort free --epoch 1 --log evidence --key evidence.key --operator kim
            $stillwatch mark embed --secret marks.secret --cohort free {Log} --words book.txt --texts 3 --tokens 300 --out m.jsonl
            $stillwatch mark detect m.jsonl --secret marks.secret --cohort free {Log} --require
            $stillwatch mark detect m.jsonl --secret marks.secret --cohort free --epoch 1 {Log} --format json --out other.json
            stat -c %a marks.secret
            """);
        Assert.True(status == 0, errors);
        Assert.Contains("found at 1.0e-6: p = ", output, StringComparison.Ordinal);
        Assert.Contains("commitment   entry 0 of example.com/evidence (size 2)", output, StringComparison.Ordinal);
        Assert.Contains("is entry 1 of example.com/evidence", output, StringComparison.Ordinal);
        Assert.EndsWith("600\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain((await ReadAsync("marks.secret")).Trim(), output + errors, StringComparison.Ordinal);
        var other = JsonNode.Parse(await ReadAsync("other.json"))!;
        Assert.False((bool)other["found"]!);
        Assert.True((int)other["scored"]! > 300);
        Assert.Equal(1, (int)other["commitment"]!["entry"]!);
    }

    [Fact]
    public async Task Embed_StepsOfAHost_AreDrawnWithTheMark()
    {
        var steps = new StringBuilder("{\"sequence\":\"a\",\"prompt\":[7,8],\"logits\":[null,1,1,null]}\n");
        for (var step = 0; step < 200; step++)
        {
            // One of a hundred equally likely tokens after two others, so that contexts hardly come again.
            var logits = string.Join(',', Enumerable.Repeat(0, 100));
            steps.Append(CultureInfo.InvariantCulture, $"{{\"sequence\":\"b\",\"logits\":[{logits}]}}\n");
        }

        var lines = steps.ToString().Split('\n', 2);
        await File.WriteAllTextAsync(At("one.jsonl"), lines[0], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(At("many.jsonl"), lines[1], TestContext.Current.CancellationToken);
        const string Key = "--secret marks.secret --width 2";
        var (status, output, errors) = await RunAsync(
            $"""
            {MakeLog}
            $stillwatch mark commit {Key} --log evidence --key evidence.key --operator kim > commit.txt
            $stillwatch mark embed {Key} {Log} --logits one.jsonl
            $stillwatch mark embed {Key} {Log} --logits - --out drawn.jsonl < many.jsonl
            """);
        Assert.True(status == 0, errors);
        var token = (int)JsonNode.Parse(output[output.IndexOf('{', StringComparison.Ordinal)..])!["token"]!;
        Assert.InRange(token, 1, 2);
        var drawn = (await ReadAsync("drawn.jsonl")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var ids = string.Join(',', drawn.Select(static line => (int)JsonNode.Parse(line)!["token"]!));
        await File.WriteAllTextAsync(At("text.jsonl"), $"{{\"tokens\":[{ids}]}}", TestContext.Current.CancellationToken);
        (status, output, errors) = await RunAsync($"$stillwatch mark detect text.jsonl {Key} --require");
        Assert.True(status == 0, output + errors);
        Assert.Contains("none shown", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Embed_KeyThatIsNotInTheLog_IsRefused()
    {
        await File.WriteAllTextAsync(At("book.txt"), Book(), TestContext.Current.CancellationToken);
        var (status, _, errors) = await RunAsync($"{MakeLog}$stillwatch mark embed --secret marks.secret {Log} --words book.txt");
        Assert.Equal(2, status);
        Assert.Contains("is not in the log: run 'stillwatch mark commit' first", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mark keygen --out marks.secret", "a secret is never overwritten")]
    [InlineData("mark detect bad.jsonl --secret marks.secret", "bad.jsonl:1: 'tokens' holds -1, which is no id")]
    [InlineData("mark detect bad.jsonl --secret marks.secret --width 5", "A context has 0 to 4 tokens, not 5.")]
    [InlineData("mark detect bad.jsonl --secret marks.secret --log evidence", "--log and --vkey go together.")]
    [InlineData("mark detect bad.jsonl --secret open.secret", "run 'chmod 600 open.secret'")]
    public async Task Mark_WrongArguments_AreOneSentence(string line, string sentence)
    {
        await File.WriteAllTextAsync(At("bad.jsonl"), "{\"tokens\":[1,-1]}\n", TestContext.Current.CancellationToken);
        var (status, _, errors) = await RunAsync(
            $"$stillwatch mark keygen --out marks.secret >&2; cp marks.secret open.secret; chmod 644 open.secret; $stillwatch {line}");
        Assert.Equal(2, status);
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
    }

    /// <summary>Words of a small language in random order.</summary>
    private static string Book()
    {
        var generator = new Statistics.SeededGenerator(5);
        var text = new StringBuilder();
        for (var word = 0; word < 20_000; word++)
        {
            text.Append("word").Append((char)('a' + generator.Next(26))).Append((char)('a' + generator.Next(16))).Append(' ');
        }

        return text.ToString();
    }

    private Task<(int Status, string Output, string Errors)> RunAsync(string line) =>
        CommandLineRun.FinishShellAsync(line, _scratch.FullName);

    private string At(string name) => Path.Combine(_scratch.FullName, name);

    private Task<string> ReadAsync(string name) => File.ReadAllTextAsync(At(name), TestContext.Current.CancellationToken);
}
