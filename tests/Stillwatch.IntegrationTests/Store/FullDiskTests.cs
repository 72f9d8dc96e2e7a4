using System.Diagnostics;
using Stillwatch.Store;
using Stillwatch.Store.Engine;

namespace Stillwatch.IntegrationTests.Store;

/// <summary>A store on a file system of a few megabytes, which fills.</summary>
public sealed class FullDiskTests : StoreTests
{
    private const int Count = 80_000;
    private const int LeftBytes = 4 << 20;

    [Fact]
    public async Task Ingest_OntoADiskThatFills_SaysSoAndGoesOnOnceThereIsRoom()
    {
        var log = SampleLog.Lines(Count, stepMs: 1000);
        var expected = await ContentOfAsync(log);
        var mount = NewDirectory();
        Assert.SkipUnless(Mount("mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", mount), "Mounting a small file system needs root.");
        try
        {
            Assert.Equal(expected, await FillAndGoOnAsync(mount, log));
        }
        finally
        {
            Mount("umount", mount);
        }
    }

    /// <summary>Another file takes all but a little of the disk, and later goes.</summary>
    private static async Task<StoreContent> FillAndGoOnAsync(string mount, List<string> log)
    {
        var options = new IngestOptions { BlockRows = 4000 };
        await using var store = await InteractionStore.OpenAsync(Path.Combine(mount, "store"), null, Cancellation);
        var ballast = Path.Combine(mount, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[new DriveInfo(mount).AvailableFreeSpace - LeftBytes], Cancellation);
        var full = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => store.IngestAsync([SampleLog.File(log)], options, null, Cancellation));
        Assert.StartsWith("The disk of the store is full", full.Message, StringComparison.Ordinal);
        File.Delete(ballast);
        var rest = await store.IngestAsync([SampleLog.File(log)], options, null, Cancellation);
        Assert.Equal(Count, rest.Stored + rest.Duplicates);
        Assert.NotEqual(0, rest.Duplicates);
        return await StoreContent.ReadAsync(store);
    }

    private static bool Mount(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true });
        process?.WaitForExit();
        return process?.ExitCode == 0;
    }
}
