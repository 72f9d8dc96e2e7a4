using System.Text.Json.Nodes;

namespace Stillwatch.Cli.Tests.Lineage;

/// <summary>Lineage tests as their user meets them: students found and not found, reports verified and tampered with.</summary>
public sealed class LineageVerbTests(LineageStory story) : IClassFixture<LineageStory>
{
    private const string Key = LineageStory.Key;
    private const string Log = LineageStory.Log;
    private const string Words = LineageStory.Words;

    [Fact]
    public async Task Student_OfMarkedTexts_IsFoundUnderItsKeyOnly()
    {
        Assert.Contains("FOUND: corrected p = ", story.Output, StringComparison.Ordinal);
        Assert.Contains("before the first output, by the clocks", story.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("have no commitment in a log", story.Output, StringComparison.Ordinal);
        var report = JsonNode.Parse(await File.ReadAllTextAsync(story.At("report/report.json"), TestContext.Current.CancellationToken))!;
        var row = report["tests"]![0]!["rows"]![0]!;
        Assert.Equal(5, row["weightings"]!.AsArray().Count);
        Assert.True((double)row["log10P"]! < -20, row.ToJsonString());
        var (status, output, errors) = await story.ShellAsync(
            $"$stillwatch lineage test said.jsonl {Key} --epoch 1 {Log} {Words} --require");
        Assert.True(status == 1, errors);
        Assert.Contains("not found: corrected p = ", output, StringComparison.Ordinal);
    }

    /// <summary>A student of unmarked texts is found under none of 31 keys; the other one under the one that is its own.</summary>
    [Fact]
    public async Task Tracing_OfBothStudents_NamesTheCohortOfOne()
    {
        const string keys = "--secret marks.secret --width 1 --cohorts cohorts.txt";
        var (status, output, errors) = await story.ShellAsync(
            $"$stillwatch lineage test innocent.jsonl {keys} {Words} --format json > innocent.json\n"
            + $"$stillwatch lineage test said.jsonl {keys} {Words} --format json --require --out traced.zip > said.json");
        Assert.True(status == 0, errors);
        Assert.DoesNotContain(await RowsAsync("innocent.json"), static row => (bool)row["found"]!);
        var found = Assert.Single(await RowsAsync("said.json"), static row => (bool)row["found"]!);
        var report = JsonNode.Parse(await File.ReadAllTextAsync(story.At("report/report.json"), TestContext.Current.CancellationToken))!;
        Assert.Equal((string)report["tests"]![0]!["rows"]![0]!["mark"]!, (string)found["mark"]!);

        // One customer's key verifies that customer's row; what needs the others' is said not to be verified.
        (status, output, _) = await story.ShellAsync("$stillwatch lineage verify traced.zip --key free.key.json --integrity-only");
        Assert.True(status == 0, output);
        Assert.Contains("30 rows lack their secret", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_WithItsKey_IsVerifiedAndWithoutItIsNot()
    {
        const string verify = "$stillwatch lineage verify report --vkey evidence.key.pub";
        var (status, output, errors) = await story.ShellAsync($"{verify} --key free.key.json");
        Assert.True(status == 0, output + errors);
        Assert.EndsWith("verified\n", output, StringComparison.Ordinal);
        Assert.Contains("0 rows lack their secret", output, StringComparison.Ordinal);
        (status, output, errors) = await story.ShellAsync(verify);
        Assert.Equal(1, status);
        Assert.Contains("give their keys, or say --integrity-only", errors, StringComparison.Ordinal);
        (status, _, _) = await story.ShellAsync($"{verify} --integrity-only");
        Assert.Equal(0, status);
        (status, _, errors) = await story.ShellAsync($"{verify} --key other.key.json --integrity-only");
        Assert.Equal(1, status);
        Assert.Contains("Key 1 that was given opens no commitment", errors, StringComparison.Ordinal);
        (status, _, errors) = await story.ShellAsync("$stillwatch lineage verify report --key free.key.json");
        Assert.Equal(1, status);
        Assert.Contains("say whom you trust", errors, StringComparison.Ordinal);
        (status, output, errors) = await story.ShellAsync("$stillwatch evidence verify report --vkey evidence.key.pub --key free.key.json");
        Assert.True(status == 0, output + errors);
    }

    [Fact]
    public async Task Secrets_OfATest_AreNotInItsReportOrMessages()
    {
        var key = JsonNode.Parse(await File.ReadAllTextAsync(story.At("free.key.json"), TestContext.Current.CancellationToken))!;
        var secret = await File.ReadAllTextAsync(story.At("marks.secret"), TestContext.Current.CancellationToken);
        var (_, output, _) = await story.ShellAsync(
            "cat $(find report -type f); stat -c %a free.key.json; cd report; sha256sum --quiet -c SHA256SUMS && echo listed");
        Assert.EndsWith("listed\n", output, StringComparison.Ordinal);
        foreach (var hidden in new[] { (string)key["key"]!, (string)key["nonce"]!, secret.Trim() })
        {
            Assert.DoesNotContain(hidden, output + story.Output, StringComparison.Ordinal);
        }

        Assert.Contains("600\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lineage test", "There is nothing to test")]
    [InlineData("lineage test bad.jsonl --secret marks.secret", "inputs/01-outputs/bad.jsonl:2: 'tokens' holds -1, which is no id")]
    [InlineData("lineage test text.jsonl --secret marks.secret", "this is text, and marks are on ids")]
    [InlineData("lineage test absent.jsonl --secret marks.secret", "absent.jsonl: there is no such file")]
    [InlineData("lineage test said.jsonl --secret marks.secret --level 0", "--level takes a probability above 0 and below 1")]
    [InlineData("lineage test said.jsonl --secret marks.secret --log evidence", "--log and --vkey go together")]
    [InlineData("lineage test said.jsonl --secret marks.secret --cohort none --log evidence --vkey evidence.key.pub", "is not in the log")]
    [InlineData("lineage test said.jsonl --cohorts cohorts.txt", "--cohorts needs --secret")]
    [InlineData("lineage test said.jsonl --secret marks.secret --out report", "report exists")]
    [InlineData("lineage test said.jsonl --secret marks.secret --sign evidence.key", "--sign goes with --out")]
    [InlineData("lineage test --api ftp://x --model m", "is no address such as https://api.example/v1")]
    [InlineData("lineage test --api http://127.0.0.1:1/v1 --model m", "--api needs --answers FILE")]
    [InlineData("lineage verify empty", "no report of a lineage test")]
    [InlineData("lineage verify report --key bad.jsonl", "bad.jsonl:1: this is no key")]
    public async Task Lineage_WrongArguments_AreOneSentence(string line, string sentence)
    {
        await File.WriteAllTextAsync(
            story.At("bad.jsonl"), "{\"tokens\":[1]}\n{\"tokens\":[1,-1]}\n", TestContext.Current.CancellationToken);
        Directory.CreateDirectory(story.At("empty"));
        await File.WriteAllTextAsync(story.At("text.jsonl"), "{\"text\":\"wordaa wordab\"}\n", TestContext.Current.CancellationToken);
        var (status, _, errors) = await story.ShellAsync($"$stillwatch {line}");
        Assert.True(status == 2, errors);
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
    }

    private async Task<IEnumerable<JsonNode>> RowsAsync(string name) =>
        JsonNode.Parse(await File.ReadAllTextAsync(story.At(name), TestContext.Current.CancellationToken))!["tests"]![0]!["rows"]!
            .AsArray().Select(static row => row!);
}
