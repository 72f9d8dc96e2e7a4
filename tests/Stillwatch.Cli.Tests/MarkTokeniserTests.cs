using System.Globalization;
using System.Text.Json.Nodes;

namespace Stillwatch.Cli.Tests;

/// <summary>Texts instead of ids: by a tokeniser's file, by words, and weighed against other texts.</summary>
public sealed class MarkTokeniserTests : IDisposable
{
    private const string Texts =
        """
        {"text":"to be, or not to be: that is the question"}
        {"text":"whether 'tis nobler in the mind to suffer the slings and arrows"}

        """;

    private const string Others = "{\"text\":\"of outrageous fortune, or to take arms against a sea of troubles\"}\n";
    private const string Tokenizer = "--tokenizer gpt2:bytes.tiktoken";
    private const string Key = "--secret marks.secret --cohort free";

    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("stillwatch-tokens-");

    public void Dispose() => _scratch.Delete(recursive: true);

    [Fact]
    public async Task Detect_OfTexts_IsThatOfTheirIds()
    {
        var (status, output, errors) = await RunAsync(
            $"""
            $stillwatch lineage tokenize said.jsonl {Tokenizer} --out ids.jsonl
            $stillwatch mark detect ids.jsonl {Key} --format json --out by-ids.json
            $stillwatch mark detect said.jsonl {Tokenizer} {Key} --format json --out by-texts.json
            $stillwatch mark detect said.jsonl --drafts {Key} --format json --out by-words.json
            $stillwatch mark detect said.jsonl {Tokenizer} --reference others.jsonl --width 0 {Key} --format json --out weighed.json
            """);
        Assert.True(status == 0, output + errors);
        var first = JsonNode.Parse((await ReadAsync("ids.jsonl")).Split('\n')[0])!;
        Assert.Equal("to be, or not to be: that is the question", string.Concat(
            first["tokens"]!.AsArray().Select(static id => (char)(int)id!)));
        Assert.Equal(await ReadAsync("by-ids.json"), await ReadAsync("by-texts.json"));
        Assert.InRange((int)JsonNode.Parse(await ReadAsync("by-texts.json"))!["scored"]!, 50, 100);
        Assert.InRange((int)JsonNode.Parse(await ReadAsync("by-words.json"))!["scored"]!, 10, 20);
        var weighed = JsonNode.Parse(await ReadAsync("weighed.json"))!;
        Assert.Equal(104, (int)weighed["scored"]!);
        Assert.Null(weighed["green"]);
        Assert.InRange((double)weighed["log10P"]!, -6, 0);
    }

    [Fact]
    public async Task Embed_WithAPromptAsText_ReadsItsIds()
    {
        var logits = string.Join(',', Enumerable.Repeat(0, 50));
        var token = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(At("text.jsonl"), $"{{\"prompt\":\"ab\",\"logits\":[{logits}]}}\n", token);
        await File.WriteAllTextAsync(At("ids.jsonl"), $"{{\"prompt\":[97,98],\"logits\":[{logits}]}}\n", token);
        var (status, output, errors) = await RunAsync(
            $"""
            $stillwatch log key example.com/evidence --out evidence.key
            $stillwatch log init --log evidence --key evidence.key
            $stillwatch mark commit {Key} --log evidence --key evidence.key --operator kim > commit.txt
            for seed in 1 2 3 4 5; do
              $stillwatch mark embed {Key} --log evidence --vkey evidence.key.pub --seed $seed --logits text.jsonl {Tokenizer} --out a.jsonl
              $stillwatch mark embed {Key} --log evidence --vkey evidence.key.pub --seed $seed --logits ids.jsonl --out b.jsonl
              cmp a.jsonl b.jsonl
            done
            """);
        Assert.True(status == 0, output + errors);
        (status, output, errors) = await RunAsync(
            $"$stillwatch mark embed {Key} --log evidence --vkey evidence.key.pub --logits text.jsonl", makesSecret: false);
        Assert.Equal(2, status);
        Assert.Contains("'prompt' is no array of ids", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mark detect said.jsonl " + Key, "there are no 'tokens', and no --tokenizer")]
    [InlineData("mark detect empty.jsonl " + Tokenizer + " " + Key, "there are neither 'tokens' nor 'text'")]
    [InlineData("mark detect empty.jsonl --drafts " + Key, "there is no 'text'")]
    [InlineData("mark detect said.jsonl --tokenizer said.jsonl " + Key, "said.jsonl: The file is no tokenizer.json")]
    [InlineData("mark detect said.jsonl --tokenizer cl100k:said.jsonl " + Key, "does not begin with a token")]
    [InlineData("mark detect said.jsonl --tokenizer absent.json " + Key, "there is no such file")]
    [InlineData("mark detect said.jsonl --tokenizer http://user:secret@127.0.0.1:1/tokenize " + Key, "a key goes into --api-key-env")]
    [InlineData("lineage tokenize said.jsonl", "--tokenizer FILE|URL is needed")]
    public async Task WhatCannotBeRead_IsToldInOneSentence(string line, string said)
    {
        var (status, _, errors) = await RunAsync($"$stillwatch {line}");
        Assert.InRange(status, 1, 2);
        Assert.Contains(said, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("secret@", errors, StringComparison.Ordinal);
    }

    private async Task<(int Status, string Output, string Errors)> RunAsync(string script, bool makesSecret = true)
    {
        var ranks = Enumerable.Range(0, 256).Select(static value =>
            string.Create(CultureInfo.InvariantCulture, $"{Convert.ToBase64String([(byte)value])} {value}\n"));
        await File.WriteAllTextAsync(At("bytes.tiktoken"), string.Concat(ranks), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(At("said.jsonl"), Texts, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(At("others.jsonl"), Others, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(At("empty.jsonl"), "{\"other\":1}\n", TestContext.Current.CancellationToken);
        var secret = makesSecret ? "$stillwatch mark keygen --out marks.secret > made.txt\n" : "";
        return await CommandLineRun.FinishShellAsync($"set -e\n{secret}{script}", _scratch.FullName);
    }

    private Task<string> ReadAsync(string name) => File.ReadAllTextAsync(At(name), TestContext.Current.CancellationToken);

    private string At(string name) => Path.Combine(_scratch.FullName, name);
}
