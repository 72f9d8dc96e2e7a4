using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Stillwatch.Cli.Tests;

public sealed class EvaluateVerbTests : IDisposable
{
    private const string Findings =
        """
        {"schema":"stillwatch.findings/1","interactions":9,"accounts_seen":3,
         "campaigns":[{"id":"c","accounts":["a","b"],"interactions":8,"log10_e_value":5,"reasons":[]}],
         "accounts":[{"account":"a","campaign":"c","verdict":"block","reasons":[]},
                     {"account":"b","campaign":"c","verdict":"block","reasons":[]}]}
        """;

    private const string Truth =
        "{\"account\":\"a\",\"label\":\"campaign\",\"campaign\":\"red\\u001b[31m\"}\n"
        + "{\"account\":\"b\",\"label\":\"campaign\",\"campaign\":\"red\\u001b[31m\"}\n"
        + "{\"account\":\"z\",\"label\":\"benign\",\"class\":\"app\"}\n";

    /// <summary>More than a pipe holds: once they are written, the process is reading.</summary>
    private const int LabelsPastAnyBuffer = 10_000;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("stillwatch-evaluate-");

    public EvaluateVerbTests()
    {
        File.WriteAllText(PathOf("findings.json"), Findings);
        File.WriteAllText(PathOf("truth.jsonl"), Truth);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Table_Always_ShowsTheFiguresAndNoControlCharacters()
    {
        var (status, output, errors) = await ShellAsync("$stillwatch evaluate --findings findings.json --truth truth.jsonl");
        Assert.Equal(0, status);
        Assert.Empty(errors);
        Assert.Contains("2 campaign accounts, 1 benign accounts.", output, StringComparison.Ordinal);
        Assert.Contains("100.0 % (2/2) 15.8–100.0", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
    }

    [Fact]
    public async Task Json_ToAFile_IsOneObject()
    {
        await File.WriteAllTextAsync(PathOf("out.json"), "old", TestContext.Current.CancellationToken);
        var (status, output, errors) = await ShellAsync(
            "$stillwatch evaluate --findings findings.json --truth truth.jsonl --format json --out out.json");
        Assert.Equal((0, "", ""), (status, output, errors));
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(PathOf("out.json"), TestContext.Current.CancellationToken));
        Assert.Equal("stillwatch.evaluation/1", json.RootElement.GetProperty("schema").GetString());
        AssertNothingElseLeft("out.json");
    }

    [Fact]
    public async Task Out_NewFileOrLink_IsWrittenThrough()
    {
        var (status, _, errors) = await ShellAsync(
            """
            mkdir target && ln -s target/new.txt link && run="$stillwatch evaluate --findings findings.json --truth truth.jsonl --out"
            $run fresh.txt && $run link && cmp fresh.txt target/new.txt && $run link && test -L link && ls -A target && ls -A >&2
            """);
        Assert.True(status == 0, errors);
        Assert.Equal("findings.json\nfresh.txt\nlink\ntarget\ntruth.jsonl\n", errors);
    }

    [Fact]
    public async Task Truth_FromStandardInput_IsRead()
    {
        var (status, output, _) = await ShellAsync("gzip -c truth.jsonl | $stillwatch evaluate --findings findings.json --truth -");
        Assert.Equal(0, status);
        Assert.Contains("2 campaign accounts", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--findings findings.json", "Option '--truth' is required.")]
    [InlineData("--findings nowhere.json --truth truth.jsonl", "nowhere.json: there is no such file.")]
    [InlineData("--findings nowhere/f.json --truth truth.jsonl", "nowhere/f.json: there is no such file.")]
    [InlineData("--findings . --truth truth.jsonl", ".: is a directory; give a file.")]
    [InlineData("--findings truth.jsonl --truth truth.jsonl", "truth.jsonl, line 1, $: the required member is missing")]
    [InlineData("--findings findings.json --truth findings.json", "findings.json, line 4, $: the required member is missing")]
    [InlineData("--findings findings.json --truth truth.jsonl --format xml", "Argument 'xml' not recognized.")]
    [InlineData("--findings findings.json --truth truth.jsonl --out nowhere/x", "there is no directory")]
    [InlineData("--findings findings.json --truth truth.jsonl --out .", ". is a directory; name a file to write.")]
    public async Task Arguments_ThatCannotBeUsed_GiveOneSentenceAndStatus2(string arguments, string sentence)
    {
        var (status, output, errors) = await ShellAsync($"$stillwatch evaluate {arguments}");
        Assert.Equal(2, status);
        Assert.Empty(output);
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Out_OnAFullDevice_SaysSo()
    {
        var (status, _, errors) = await ShellAsync("$stillwatch evaluate --findings findings.json --truth truth.jsonl --out /dev/full");
        Assert.Equal(1, status);
        Assert.Contains("The disk is full", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Out_OnAFullDisk_KeepsTheOldFile()
    {
        var (mounted, _, _) = await ShellAsync("mkdir full && unshare -m true");
        if (mounted != 0)
        {
            Assert.Skip("A file system of a few kilobytes can be mounted only by root.");
        }

        var (status, output, errors) = await ShellAsync(
            """
            unshare -m bash -c '
              mount -t tmpfs -o size=8k none full && echo old > full/out && head -c 1M /dev/zero > full/filler 2>/dev/null
              $stillwatch evaluate --findings findings.json --truth truth.jsonl --out full/out; status=$?
              cat full/out; ls -A full; exit $status'
            """);
        Assert.Equal(1, status);
        Assert.Contains("The disk is full", errors, StringComparison.Ordinal);
        Assert.Equal("old\nfiller\nout\n", output);
    }

    [Fact]
    public async Task Interrupt_WhileReading_EndsWith130AndLeavesNothing()
    {
        using var run = CommandLineRun.StartShell(
            "exec $stillwatch evaluate --findings findings.json --truth - --out out.json", _directory.FullName);
        await FeedAsync(run.Input, LabelsPastAnyBuffer);
        var feeding = FeedAsync(run.Input, int.MaxValue);
        run.Signal(PosixSignal.SIGINT);
        var (status, output, errors) = await run.EndAsync();
        await feeding;
        Assert.Equal((130, ""), (status, output));
        Assert.Equal("stillwatch: stopping; press Ctrl-C again to stop at once\n", errors);
        AssertNothingElseLeft();
    }

    [Fact]
    public async Task Interrupt_Twice_EndsAtOnce()
    {
        using var run = CommandLineRun.StartShell("exec $stillwatch evaluate --findings findings.json --truth -", _directory.FullName);
        await FeedAsync(run.Input, LabelsPastAnyBuffer);
        var watch = Stopwatch.StartNew();
        var stopping = run.SaysAsync("stopping");
        run.Signal(PosixSignal.SIGINT);
        await stopping;
        run.Signal(PosixSignal.SIGINT);
        var (status, _, _) = await run.EndAsync();
        Assert.Equal(130, status);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Interruption.DefaultGrace - TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Terminate_WhileWaitingForInput_EndsWith143AfterTheGrace()
    {
        using var run = CommandLineRun.StartShell("exec $stillwatch evaluate --findings findings.json --truth -", _directory.FullName);
        await FeedAsync(run.Input, LabelsPastAnyBuffer);
        run.Signal(PosixSignal.SIGTERM);
        var (status, _, _) = await run.EndAsync();
        Assert.Equal(143, status);
    }

    /// <summary>Writes labels until the reader goes away.</summary>
    private static async Task FeedAsync(StreamWriter input, int labels)
    {
        try
        {
            for (var i = 0; i < labels; i++)
            {
                await input.WriteLineAsync($"{{\"account\":\"a{labels}-{i}\",\"label\":\"benign\"}}");
            }

            await input.FlushAsync();
        }
        catch (IOException)
        {
            // The reader has ended: what this waits for.
        }
    }

    private void AssertNothingElseLeft(params string[] besides) =>
        Assert.Equal(
            [.. new[] { "findings.json", "truth.jsonl" }.Concat(besides).Order(StringComparer.Ordinal)],
            _directory.EnumerateFileSystemInfos().Select(file => file.Name).Order(StringComparer.Ordinal));

    private string PathOf(string name) => Path.Combine(_directory.FullName, name);

    private Task<(int Status, string Output, string Errors)> ShellAsync(string line) =>
        CommandLineRun.FinishShellAsync(line, _directory.FullName);
}
