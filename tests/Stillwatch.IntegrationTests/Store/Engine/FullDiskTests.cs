using System.Diagnostics;
using System.Globalization;
using Stillwatch.Store.Engine;

namespace Stillwatch.IntegrationTests.Store.Engine;

/// <summary>The embedded engine on a disk of its own, of few mebibytes, which only root can mount.</summary>
[Collection(EngineCollection.Name)]
public sealed class FullDiskTests : IDisposable
{
    private readonly string _disk = Directory.CreateTempSubdirectory("stillwatch-disk-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Run("umount", _disk);
        Directory.Delete(_disk, recursive: true);
    }

    [Fact]
    public async Task Open_OnADiskWithoutRoom_SaysHowMuchIsLeft()
    {
        MountDisk(mebibytes: 8);
        var store = Path.Combine(_disk, "store");
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => ClickHouse.OpenAsync(store, null, Token));
        Assert.Contains("has 8 MiB left", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Insert_OnADiskThatFills_SaysSoAndLosesNothingElse()
    {
        MountDisk(mebibytes: 60);
        await using var engine = await ClickHouse.OpenAsync(Path.Combine(_disk, "store"), null, Token);
        await engine.ExecuteAsync(Sql.Of("CREATE TABLE t (n UInt64) ENGINE = MergeTree ORDER BY n"), null, Token);
        var full = await Assert.ThrowsAsync<StoreUnavailableException>(() => FillAsync(engine));
        Assert.Contains("disk of the store is full", full.Message, StringComparison.Ordinal);

        await engine.ExecuteAsync(Sql.Of("DROP TABLE t SYNC"), null, Token);
        await engine.ExecuteAsync(Sql.Of("CREATE TABLE t (n UInt64) ENGINE = MergeTree ORDER BY n"), null, Token);
        await engine.ExecuteAsync(Sql.Of("INSERT INTO t SELECT rand64() FROM numbers(1500000)"), null, Token);
    }

    private static async Task FillAsync(ClickHouseEngine engine)
    {
        for (var i = 0; i < 20; i++)
        {
            await engine.ExecuteAsync(Sql.Of("INSERT INTO t SELECT rand64() FROM numbers(1500000)"), null, Token);
        }
    }

    private void MountDisk(int mebibytes) => Assert.SkipUnless(
        Run("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={mebibytes}m"), "tmpfs", _disk) == 0,
        "A small disk cannot be mounted here; only root can.");

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
