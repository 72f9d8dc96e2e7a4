using System.Text.Json.Nodes;
using Stillwatch.Gateway.Responses;

namespace Stillwatch.Cli.Tests.Lineage;

/// <summary>Suspects that are asked by their API.</summary>
public sealed class LineageInterviewTests : IDisposable
{
    private const string Secret = "sk-very-secret-0123456789";

    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("stillwatch-interview-");

    public void Dispose() => _scratch.Delete(recursive: true);

    /// <summary>A suspect that learnt what was served: canaries committed in the log, asked, tested, reported, verified.</summary>
    [Fact]
    public async Task Canaries_AskedOfASuspectThatLearntThem_AreFoundAndTheReportVerified()
    {
        var (status, _, errors) = await ShellAsync(
            """
            set -e
            $stillwatch log key example.com/evidence --out evidence.key
            $stillwatch log init --log evidence --key evidence.key
            $stillwatch canary new traps.json --name spring --pairs 30
            $stillwatch canary commit traps.json --log evidence --key evidence.key --operator kim
            """);
        Assert.True(status == 0, errors);
        var served = TrapBook.Read(At("traps.json")).Pairs
            .ToDictionary(static pair => $"What is {pair.Published.Cue}?", static pair => pair.Published);
        using var suspect = new FakeSuspect(request => (200, FakeSuspect.Chat(
            served.TryGetValue(FakeSuspect.PromptOf(request), out var canary) ? TrapBook.Tell(canary) : "No idea.")));
        const string log = "--log evidence --vkey evidence.key.pub";
        (status, var output, errors) = await ShellAsync(
            $"export KEY={Secret}; $stillwatch lineage test --api {suspect.Address} --model m --api-key-env KEY --answers said.jsonl "
            + $"--canaries traps.json {log} --out report --require");
        Assert.True(status == 0, output + errors);
        Assert.Contains("FOUND: corrected p = 9.31e-10", output, StringComparison.Ordinal);
        Assert.Contains("before the first output, by the clocks", output, StringComparison.Ordinal);
        Assert.Equal(60, suspect.Requests.Count);
        Assert.All(suspect.Requests, static request => Assert.Equal($"Bearer {Secret}", request.Authorization));
        (status, output, _) = await ShellAsync(
            "$stillwatch lineage verify report --vkey evidence.key.pub --book traps.json; cat $(find . -type f -path '*report*')");
        Assert.True(status == 0, output);
        Assert.Contains("\nverified\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, output + errors, StringComparison.Ordinal);
        var book = JsonNode.Parse(await File.ReadAllTextAsync(At("traps.json"), Cancellation))!;
        Assert.DoesNotContain((string)book["secret"]!, output, StringComparison.Ordinal);
        (status, _, errors) = await ShellAsync("$stillwatch lineage verify report --vkey evidence.key.pub");
        Assert.Equal(1, status);
        Assert.Contains("1 rows were not computed again", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_OfARunThatFailed_AreKeptAndItGoesOn()
    {
        await WriteFilesAsync(prompts: 40);
        var isWell = false;
        var attempts = 0;
        using var suspect = new FakeSuspect(request =>
        {
            var number = int.Parse(FakeSuspect.PromptOf(request).Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
            var fails = number % 10 == 3 && !isWell;
            return fails ? (500, "down") : ++attempts % 7 == 0 ? (429, "{}") : (200, FakeSuspect.Chat($"answer {number}"));
        });
        var line = $"$stillwatch lineage test --api {suspect.Address} --model m --prompts prompts.txt --answers said.jsonl "
            + "--concurrency 3 --teacher t.jsonl --control c.jsonl";
        var (status, _, errors) = await ShellAsync($"{line} --retries 1");
        Assert.True(status == 1, errors);
        Assert.Contains("stillwatch: 36 of 40 questions have an answer; question", errors, StringComparison.Ordinal);
        Assert.Contains("Run it again to go on.", errors, StringComparison.Ordinal);
        Assert.InRange(suspect.Most, 1, 3);

        // A write that was cut off, as a crash leaves it.
        await File.AppendAllTextAsync(At("said.jsonl"), "{\"id\":\"39/0\",\"at\":\"2026", Cancellation);
        isWell = true;
        var before = suspect.Requests.Count;
        (status, var output, errors) = await ShellAsync($"{line} --retries 5");
        Assert.True(status == 0, errors);
        Assert.Contains("== provenance", output, StringComparison.Ordinal);
        Assert.True(suspect.Requests.Count - before < 40, "answers that were there are not asked for again");
        var ids = (await File.ReadAllLinesAsync(At("said.jsonl"), Cancellation)).Skip(1)
            .Select(static row => (string)JsonNode.Parse(row)!["id"]!);
        Assert.Equal(Enumerable.Range(0, 40).Select(static i => $"{i}/0").Order(), ids.Order());
        (status, _, errors) = await ShellAsync($"{line} --temperature 0");
        Assert.Equal(2, status);
        Assert.Contains("answers to other prompts, or asked in another way", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_OfTheKey_EndsTheRunWithoutShowingIt()
    {
        await WriteFilesAsync(prompts: 200);
        using var suspect = new FakeSuspect(static _ => (401, $"{{\"error\":\"bad key {Secret}\"}}"));
        var (status, output, errors) = await ShellAsync(
            $"export KEY={Secret}; $stillwatch lineage test --api {suspect.Address} --model m --prompts prompts.txt --answers said.jsonl "
            + "--api-key-env KEY --completions --teacher t.jsonl --control c.jsonl");
        Assert.True(status == 1, errors);
        Assert.Contains("status 401", errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, output + errors, StringComparison.Ordinal);
        Assert.True(suspect.Requests.Count < 20, $"{suspect.Requests.Count} requests");
        Assert.All(suspect.Requests, static request => Assert.Equal("/v1/completions", request.Path));
    }

    /// <summary>Ids of a server's tokeniser, in the order of the lines; texts stay beside them.</summary>
    [Fact]
    public async Task Tokenize_ByAServer_AddsIdsToEveryText()
    {
        using var server = new FakeSuspect(static request => (200, new JsonObject
        {
            ["tokens"] = new JsonArray([.. ((string)request["prompt"]!).Select(static letter => (JsonNode)(int)letter)]),
        }.ToJsonString()));
        await File.WriteAllLinesAsync(
            At("said.jsonl"), Enumerable.Range(0, 50).Select(static i => $"{{\"prompt\":\"q\",\"text\":\"a{i}\"}}"), Cancellation);
        var line = $"$stillwatch lineage tokenize said.jsonl --tokenizer {server.Address} --model m";
        var (status, _, errors) = await ShellAsync($"{line} --out ids.jsonl; $stillwatch mark keygen --out s; "
            + "$stillwatch lineage test ids.jsonl --secret s --width 1 --out report");
        Assert.True(status == 0, errors);
        var rows = (await File.ReadAllLinesAsync(At("ids.jsonl"), Cancellation)).Select(static row => JsonNode.Parse(row)!).ToList();
        Assert.All(rows, static row => Assert.Equal([113], row["prompt_tokens"]!.AsArray().Select(static id => (int)id!)));
        Assert.Equal(
            Enumerable.Range(0, 50).Select(static i => $"a{i}"),
            rows.Select(static row => string.Concat(row["tokens"]!.AsArray().Select(static id => (char)(int)id!))));
        await File.WriteAllTextAsync(At("said.jsonl"), "{\"text\":\"a\"}\n{}\n", Cancellation);
        var before = server.Requests.Count;
        (status, _, errors) = await ShellAsync(line);
        Assert.Equal(2, status);
        Assert.Contains("said.jsonl:2: there is neither", errors, StringComparison.Ordinal);
        Assert.Equal(before, server.Requests.Count);
    }

    [Theory]
    [InlineData("--api-key-env NOT_SET_ANYWHERE", "NOT_SET_ANYWHERE is not set")]
    [InlineData("--concurrency 0", "--concurrency takes 1 to 256")]
    [InlineData("--temperature 3", "--temperature takes 0 to 2")]
    [InlineData("--prompts empty.txt", "There are no prompts")]
    [InlineData("--prompts bad.jsonl", "bad.jsonl:1: there is no 'prompt', a string")]
    public async Task Options_OutOfRange_AreOneSentence(string options, string sentence)
    {
        await File.WriteAllTextAsync(At("empty.txt"), "\n\n", Cancellation);
        await File.WriteAllTextAsync(At("bad.jsonl"), "{\"question\":1}\n", Cancellation);
        var (status, _, errors) = await ShellAsync(
            $"echo hello > p.txt; $stillwatch lineage test --api http://127.0.0.1:9/v1 --model m --answers a.jsonl {options}"
            + (options.Contains("--prompts", StringComparison.Ordinal) ? string.Empty : " --prompts p.txt"));
        Assert.True(status == 2, errors);
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task WriteFilesAsync(int prompts)
    {
        var numbers = Enumerable.Range(0, prompts).ToList();
        await File.WriteAllLinesAsync(At("prompts.txt"), numbers.Select(static i => $"prompt {i}"), Cancellation);
        foreach (var (name, word) in new[] { ("t.jsonl", "answer"), ("c.jsonl", "reply") })
        {
            await File.WriteAllLinesAsync(
                At(name), numbers.Select(i => $"{{\"prompt\":\"prompt {i}\",\"text\":\"{word} {i} it is\"}}"), Cancellation);
        }
    }

    private Task<(int Status, string Output, string Errors)> ShellAsync(string line) =>
        CommandLineRun.FinishShellAsync(line, _scratch.FullName);

    private string At(string name) => Path.Combine(_scratch.FullName, name);
}
