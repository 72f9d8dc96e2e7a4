using System.Runtime.InteropServices;

namespace Stillwatch.Cli.Tests;

/// <summary>Hunts through a gateway's logs with a campaign in them, and what follows in the log of decisions.</summary>
public sealed class WatchVerbTests(SimulatedLog log) : IClassFixture<SimulatedLog>, IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("stillwatch-watch-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Watch_OfLogsWithACampaign_SetsShadowsOnce_AndAKilledRoundIsDoneAgain()
    {
        await PrepareAsync();
        using (var killed = Watch())
        {
            await killed.SaysAsync("hunting");
            Assert.True(killed.Kill());
        }

        var (status, output, errors) = await ShellAsync("$stillwatch watch --once");
        Assert.True(status == 0, errors);
        Assert.Contains("  would ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\n0 set", output, StringComparison.Ordinal);
        (status, output, errors) = await ShellAsync("$stillwatch watch --once");
        Assert.True(status == 0, errors);
        Assert.Contains("\n0 set, 0 renewed, 0 lifted, ", output, StringComparison.Ordinal);
        (_, output, _) = await ShellAsync("$stillwatch respond list --log evidence --vkey evidence.key.pub");
        Assert.Contains(": would ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("block", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_ThatIsInterrupted_EndsWithItsStatus()
    {
        await PrepareAsync();
        using var watch = Watch();
        await watch.SaysAsync("hunting");
        watch.Signal(PosixSignal.SIGINT);
        var (status, _, errors) = await watch.EndAsync();
        Assert.True(status == ExitStatus.Interrupted, errors);
    }

    [Fact]
    public async Task Watch_WithoutHunts_SaysWhatToWrite()
    {
        await PrepareAsync();
        var (status, _, errors) = await ShellAsync("sed -i '/^hunts/d' stillwatch.yaml && $stillwatch watch --once");
        Assert.Equal(ExitStatus.Unusable, status);
        Assert.Contains("has no 'hunts'; such as 'hunts: {every: 6h, store: hunted}'", errors, StringComparison.Ordinal);
    }

    private CommandLineRun Watch() => CommandLineRun.StartShell("exec $stillwatch watch", _directory.FullName);

    private Task<(int Status, string Output, string Errors)> ShellAsync(string line) =>
        CommandLineRun.FinishShellAsync(line, _directory.FullName);

    private async Task PrepareAsync()
    {
        var (status, _, errors) = await ShellAsync(
            $$$"""
            mkdir log && zcat {{{log.Folder}}}/interactions.jsonl.gz > log/interactions-1.jsonl &&
            $stillwatch log key example.com/evidence --out evidence.key && $stillwatch log init --log evidence --key evidence.key &&
            $stillwatch key create alice --keys keys.json > /dev/null && cat > stillwatch.yaml <<END
            listeners: [{address: "127.0.0.1:0"}]
            keys: keys.json
            upstreams: {main: {url: "http://127.0.0.1:1"}}
            models: [{name: m, upstream: main}]
            observation: {spool: spool, log: log}
            decisions: {log: evidence, key: evidence.key}
            hunts: {every: 1h, store: hunted}
            END
            """);
        Assert.True(status == 0, errors);
    }
}
