using System.Runtime.InteropServices;

namespace Stillwatch.Cli.Tests;

public sealed class SimulateVerbTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("stillwatch-simulate-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Simulate_IntoADirectory_WritesEveryFileAndIsRepeatable()
    {
        var (status, output, errors) = await ShellAsync("$stillwatch simulate --scenario smoke --scale 0.2 --seed 5 --out a");
        Assert.True(status == 0, errors);
        Assert.Empty(output);
        Assert.Contains(" interactions of ", errors, StringComparison.Ordinal);
        Assert.Equal(["accounts.jsonl.gz", "interactions.jsonl.gz", "summary.json", "truth.jsonl.gz"], FilesOf("a"));
        var (same, _, difference) = await ShellAsync(
            "$stillwatch simulate --scenario smoke --scale 0.2 --seed 5 --out b 2>/dev/null && diff -r a b >&2");
        Assert.True(same == 0, difference);
    }

    [Fact]
    public async Task Simulate_IntoAStore_PutsTheTruthBeside()
    {
        var (status, _, errors) = await ShellAsync("$stillwatch simulate --scenario smoke --scale 0.2 --store store --out beside");
        Assert.True(status == 0, errors);
        Assert.Equal(["accounts.jsonl.gz", "summary.json", "truth.jsonl.gz"], FilesOf("beside"));
        Assert.NotEmpty(FilesOf("store"));
        Assert.DoesNotContain("truth", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simulate_IntoAStoreAlone_SaysThatTheTruthIsElsewhere()
    {
        var (status, _, errors) = await ShellAsync("$stillwatch simulate --scenario smoke --scale 0.2 --hours 0..24 --store store");
        Assert.True(status == 0, errors);
        Assert.Contains("the truth is not in a store", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simulate_ScenarioFile_TellsAllThatIsWrong()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_directory.FullName, "bad.json"), """{"name":"x","unknown":1}""", TestContext.Current.CancellationToken);
        var (status, _, errors) = await ShellAsync("$stillwatch simulate --scenario bad.json --out a");
        Assert.Equal(2, status);
        Assert.Contains("bad.json: ", errors, StringComparison.Ordinal);
        Assert.Contains("unknown", errors, StringComparison.Ordinal);
        Assert.Empty(_directory.EnumerateDirectories());
    }

    [Theory]
    [InlineData("", "simulate needs --out DIRECTORY or --store ADDRESS, or both.")]
    [InlineData("--scenario nope --out a", "nope: neither a built-in scenario (")]
    [InlineData("--scale 0 --out a", "--scale is 0; it is a number above 0.")]
    [InlineData("--scale NaN --out a", "--scale is NaN; it is a number above 0.")]
    [InlineData("--seed -1 --out a", "'-1' is no value for option '--seed'.")]
    [InlineData("--seed x --out a", "'x' is no value for option '--seed'.")]
    public async Task Arguments_ThatCannotBeUsed_GiveStatus2(string arguments, string sentence)
    {
        var (status, output, errors) = await ShellAsync($"$stillwatch simulate {arguments}");
        Assert.Equal((2, ""), (status, output));
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupt_WhileSimulating_LeavesNoHalfFile()
    {
        using var run = CommandLineRun.StartShell("exec $stillwatch simulate --scale 50 --out a", _directory.FullName);
        var partial = Path.Combine(_directory.FullName, "a", "interactions.jsonl.gz.partial");
        var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(3));
        while (!File.Exists(partial))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), patience.Token);
        }

        run.Signal(PosixSignal.SIGINT);
        var (status, output, _) = await run.EndAsync();
        Assert.Equal((130, ""), (status, output));
        Assert.Empty(FilesOf("a"));
    }

    private List<string> FilesOf(string directory) =>
        [.. Directory.EnumerateFileSystemEntries(Path.Combine(_directory.FullName, directory))
            .Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private Task<(int Status, string Output, string Errors)> ShellAsync(string line) =>
        CommandLineRun.FinishShellAsync(line, _directory.FullName);
}
