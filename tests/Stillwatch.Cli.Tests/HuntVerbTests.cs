using System.Text.Json;

namespace Stillwatch.Cli.Tests;

public sealed class HuntVerbTests(SimulatedLog log) : IClassFixture<SimulatedLog>, IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("stillwatch-hunt-");

    private string Inputs => $"{log.Folder}/interactions.jsonl.gz --accounts {log.Folder}/accounts.jsonl.gz";

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Hunt_LogsWithoutAStore_FindsTheCampaignAndKeepsNothing()
    {
        var (status, output, errors) = await ShellAsync(
            $"mkdir tmp && export TMPDIR=$PWD/tmp && $stillwatch hunt {Inputs} --format json --out findings.json && ls -A . tmp");
        Assert.True(status == 0, errors);
        Assert.Equal(".:\nfindings.json\ntmp\n\ntmp:\n", output);
        using var findings = JsonDocument.Parse(await ReadAsync("findings.json"));
        Assert.Equal(0, findings.RootElement.GetProperty("rejected").GetInt32());
        Assert.Single(findings.RootElement.GetProperty("campaigns").EnumerateArray());
    }

    [Fact]
    public async Task Hunt_StoreOfTheSameLogsReadTwice_FindsTheSame()
    {
        var (status, _, errors) = await ShellAsync(
            $"""
            $stillwatch hunt {Inputs} --format json --out once.json &&
            $stillwatch hunt {Inputs} --store kept --format json --out first.json &&
            $stillwatch hunt {Inputs} --store kept --format json --out second.json &&
            $stillwatch hunt --store kept --format json --out third.json
            """);
        Assert.True(status == 0, errors);
        Assert.Equal(await ReadAsync("once.json"), await ReadAsync("first.json"));
        Assert.Equal(await ReadAsync("once.json"), await ReadAsync("second.json"));
        var withoutInputs = (await ReadAsync("once.json")).Replace("  \"rejected\": 0,\n", "", StringComparison.Ordinal);
        Assert.Equal(withoutInputs, await ReadAsync("third.json"));
    }

    [Fact]
    public async Task Hunt_BadLines_AreCountedAndShown()
    {
        var (status, output, errors) = await ShellAsync(
            $"(gzip -dc {log.Folder}/interactions.jsonl.gz | head -1000; echo nonsense; echo '[]') | $stillwatch hunt - --format json");
        Assert.True(status == 0, errors);
        Assert.Contains("\"rejected\": 2", output, StringComparison.Ordinal);
        Assert.Contains("standard input:1001: not valid JSON", errors, StringComparison.Ordinal);
        Assert.Contains("2 records were rejected", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hunt_Strict_EndsAtTheFirstBadLine()
    {
        var (status, output, errors) = await ShellAsync(
            $"(gzip -dc {log.Folder}/interactions.jsonl.gz | head -1000; echo nonsense) | $stillwatch hunt - --strict");
        Assert.Equal((2, ""), (status, output));
        Assert.Contains("standard input:1001: not valid JSON", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hunt_EveryFormat_IsWritten()
    {
        var (status, output, errors) = await ShellAsync(
            $"$stillwatch hunt {Inputs} --store kept --format html --out report.html && $stillwatch hunt --store kept");
        Assert.True(status == 0, errors);
        Assert.Contains("1 campaign found", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
        Assert.StartsWith("<!doctype html>", (await ReadAsync("report.html")).TrimStart(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("hunt", "there is no store ./stillwatch-data; 'stillwatch ingest' makes one, and --store names another.")]
    [InlineData("store info --store typo", "there is no store typo;")]
    [InlineData("store prune --store typo --before 2026-01-01", "there is no store typo;")]
    [InlineData("ingest", "there is nothing to read; name logs, or registrations with --accounts.")]
    [InlineData("hunt - --accounts - </dev/null", "- names standard input, which can be read only once;")]
    [InlineData("hunt x.jsonl --out nowhere/f.json", "nowhere/f.json cannot be written: there is no directory")]
    [InlineData("hunt x.jsonl --out f --report ./f", "--out and --report both name ./f;")]
    [InlineData("hunt --without work-partition --without interchangeable-content", "a campaign is told by at least one of them.")]
    [InlineData("simulate --hours 5..500 --out x", "--hours reaches past the scenario demo, which has the hours 0..336.")]
    [InlineData("simulate --hours 9..3 --out x", "the first below the second, not '9..3'.")]
    [InlineData("hunt --store nowhere", "there is no store nowhere;")]
    [InlineData("hunt nowhere.jsonl", "nowhere.jsonl: there is no such file or directory.")]
    [InlineData("hunt --without magic", "Argument 'magic' not recognized.")]
    [InlineData("hunt --false-discovery-rate 1", "--false-discovery-rate takes a number above 0 and below 1, such as 0.01, not '1'.")]
    [InlineData("replay --every 1x", "--every takes a number of minutes, hours or days such as 30m, 1h or 1d, at least 1m, not '1x'.")]
    [InlineData("replay --every 0m", "not '0m'.")]
    public async Task Arguments_ThatCannotBeUsed_GiveOneSentenceAndStatus2(string arguments, string sentence)
    {
        var (status, output, errors) = await ShellAsync($"$stillwatch {arguments}");
        Assert.Equal((2, ""), (status, output));
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
        Assert.Empty(_directory.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task Replay_OfALog_SaysWhenTheCampaignWasSeen()
    {
        var (status, output, errors) = await ShellAsync(
            $"""
            $stillwatch replay {Inputs} --every 1d --format json --out replayed.json &&
            $stillwatch evaluate --findings replayed.json --truth {log.Folder}/truth.jsonl.gz --format json
            """);
        Assert.True(status == 0, errors);
        using var evaluation = JsonDocument.Parse(output);
        var campaign = Assert.Single(evaluation.RootElement.GetProperty("campaigns").EnumerateArray());
        Assert.Equal(JsonValueKind.String, campaign.GetProperty("alerted_at").ValueKind);
        Assert.InRange(campaign.GetProperty("through_before_alert").GetDouble(), 0.001, 1);
    }

    [Fact]
    public async Task Demo_Always_FindsShowsAndReports()
    {
        var (status, output, errors) = await ShellAsync("mkdir tmp && TMPDIR=$PWD/tmp $stillwatch demo && ls -A tmp stillwatch-demo >&2");
        Assert.True(status == 0, errors);
        Assert.Contains("Against the truth, which the hunt did not see", output, StringComparison.Ordinal);
        Assert.Contains("demo-reasoning", output, StringComparison.Ordinal);
        Assert.Contains($"Report: {Path.Combine(_directory.FullName, "stillwatch-demo", "report.html")}", output, StringComparison.Ordinal);
        Assert.EndsWith(
            "stillwatch-demo:\naccounts.jsonl.gz\nfindings.json\ninteractions.jsonl.gz\nreport.html\nsummary.json\ntruth.jsonl.gz\n"
                + "\ntmp:\n",
            errors,
            StringComparison.Ordinal);
    }

    private Task<string> ReadAsync(string name) =>
        File.ReadAllTextAsync(Path.Combine(_directory.FullName, name), TestContext.Current.CancellationToken);

    private Task<(int Status, string Output, string Errors)> ShellAsync(string line) =>
        CommandLineRun.FinishShellAsync(line, _directory.FullName);
}
