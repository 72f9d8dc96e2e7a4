using Stillwatch.Evidence.Storage;

namespace Stillwatch.Evidence.Tests.Storage;

public sealed class MappedWindowTests
{
    [Theory]
    [InlineData(0, 4096)]
    [InlineData(5000, 100)]
    [InlineData(4095, 2)]
    public void WhatIsCopiedIsInTheFileAndNothingBesideItChanges(long start, int bytes)
    {
        using var folder = new ScratchFolder();
        var path = folder.At("file");
        var before = Enumerable.Range(0, 12_000).Select(static i => (byte)(i * 7)).ToArray();
        File.WriteAllBytes(path, before);
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        using (var window = MappedWindow.Open(file, start, bytes))
        {
            window.Write([1, 2], start);
            window.Write([3], start + bytes - 1);
        }

        var expected = before.ToArray();
        (expected[start], expected[start + 1]) = (1, 2);
        expected[start + bytes - 1] = 3;
        Assert.Equal(expected, File.ReadAllBytes(path));
    }

    [Theory]
    [InlineData(99, 1)]
    [InlineData(100, 21)]
    [InlineData(121, 0)]
    [InlineData(long.MaxValue, 1)]
    [InlineData(long.MinValue, 1)]
    public void APlaceOutsideIsRefused(long at, int bytes)
    {
        using var folder = new ScratchFolder();
        var path = folder.At("file");
        File.WriteAllBytes(path, new byte[1000]);
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        using var window = MappedWindow.Open(file, 100, 20);
        Assert.False(window.Holds(at, bytes));
        Assert.Throws<ArgumentOutOfRangeException>(() => window.Write(new byte[bytes], at));
    }

    [Fact]
    public void AClosedWindowIsNotWritten()
    {
        using var folder = new ScratchFolder();
        var path = folder.At("file");
        File.WriteAllBytes(path, new byte[1000]);
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var window = MappedWindow.Open(file, 0, 20);
        window.Dispose();
        window.Dispose();
        Assert.Throws<ObjectDisposedException>(() => window.Write([1], 0));
    }

    [Fact]
    public void AWindowBeyondTheFileIsRefused()
    {
        using var folder = new ScratchFolder();
        var path = folder.At("file");
        File.WriteAllBytes(path, new byte[1000]);
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        Assert.Throws<UnauthorizedAccessException>(() => MappedWindow.Open(file, 990, 20));
    }
}
