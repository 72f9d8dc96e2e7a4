using Stillwatch.Store.Engine;
using Stillwatch.Store.Engine.Embedded;

namespace Stillwatch.Tests.Store.Engine.Embedded;

public sealed class StoreDirectoryTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("stillwatch-directory-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Prepare_OfANewDirectory_MakesIt()
    {
        var path = Path.Combine(_directory, "a/b");
        StoreDirectory.Prepare(path);
        Assert.Equal(["metadata"], Directory.EnumerateFileSystemEntries(path).Select(Path.GetFileName));
        StoreDirectory.Prepare(path);
    }

    [Fact]
    public void Prepare_OfADirectoryOfOtherThings_RefusesAndLeavesIt()
    {
        File.WriteAllText(Path.Combine(_directory, "thesis.docx"), "");
        var refused = Assert.Throws<StoreUnavailableException>(() => StoreDirectory.Prepare(_directory));
        Assert.Contains("thesis.docx", refused.Message, StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFileSystemEntries(_directory));
    }

    [Fact]
    public void Prepare_OfAFile_SaysSo()
    {
        var file = Path.Combine(_directory, "file");
        File.WriteAllText(file, "");
        var refused = Assert.Throws<StoreUnavailableException>(() => StoreDirectory.Prepare(file));
        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Prepare_WhereNothingMayBeWritten_SaysSo()
    {
        var refused = Assert.Throws<StoreUnavailableException>(() => StoreDirectory.Prepare("/proc/stillwatch"));
        Assert.Contains("cannot be made or written", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Prepare_OfALockedStore_NamesTheOwner()
    {
        Directory.CreateDirectory(Path.Combine(_directory, "metadata"));
        var status = Path.Combine(_directory, "status");
        File.WriteAllText(status, "PID: 4242\nStarted at: 2026-11-20 00:00:00\n");
        using (File.OpenHandle(status, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            var refused = Assert.Throws<StoreUnavailableException>(() => StoreDirectory.Prepare(_directory));
            Assert.Contains("process 4242", refused.Message, StringComparison.Ordinal);
        }

        StoreDirectory.Prepare(_directory);
    }
}
