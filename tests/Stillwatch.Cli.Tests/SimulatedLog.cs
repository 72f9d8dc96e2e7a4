namespace Stillwatch.Cli.Tests;

/// <summary>A small simulated log with its truth, in a folder of its own.</summary>
public sealed class SimulatedLog : IAsyncLifetime
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("stillwatch-log-");

    public string Folder => _directory.FullName;

    public async ValueTask InitializeAsync()
    {
        var (status, _, errors) = await CommandLineRun.FinishAsync("simulate", "--scenario", "smoke", "--seed", "3", "--out", Folder);
        Assert.True(status == 0, errors);
    }

    public ValueTask DisposeAsync()
    {
        _directory.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
