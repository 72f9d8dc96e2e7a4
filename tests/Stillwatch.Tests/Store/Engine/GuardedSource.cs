using System.Runtime.InteropServices;
using Stillwatch.Store.Engine;

namespace Stillwatch.Tests.Store.Engine;

/// <summary>
/// Bytes in windows of given lengths. Each window ends where a page without access begins, and the window before is taken away, so that a
/// reader that looks beyond a window or keeps an old one ends the process.
/// </summary>
internal sealed unsafe partial class GuardedSource(byte[] bytes, IEnumerable<int> windows) : ResultSource
{
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;

    private readonly IEnumerator<int> _windows = windows.GetEnumerator();
    private byte* _pages;
    private nuint _length;
    private int _given;

    internal override NativeSpan Next(NativeSpan tail)
    {
        if (_given == bytes.Length)
        {
            return default;
        }

        var count = _windows.MoveNext() ? Math.Clamp(_windows.Current, 1, bytes.Length - _given) : bytes.Length - _given;
        var window = new byte[tail.Length + count];
        tail.Bytes.CopyTo(window);
        bytes.AsSpan(_given, count).CopyTo(window.AsSpan(tail.Length));
        _given += count;
        Free();
        return Guarded(window);
    }

    public override ValueTask DisposeAsync()
    {
        Free();
        _windows.Dispose();
        return ValueTask.CompletedTask;
    }

    private NativeSpan Guarded(byte[] window)
    {
        var page = Environment.SystemPageSize;
        var readable = (window.Length + page - 1) / page * page;
        _length = (nuint)(readable + page);
        _pages = Map(null, _length, ReadWrite, PrivateAnonymous, -1, 0);
        Assert.Equal(0, Protect(_pages + readable, (nuint)page, 0));
        var start = _pages + readable - window.Length;
        window.CopyTo(new Span<byte>(start, window.Length));
        return new(start, window.Length);
    }

    private void Free()
    {
        if (_pages is not null)
        {
            Assert.Equal(0, Unmap(_pages, _length));
            _pages = null;
        }
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial byte* Map(byte* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(byte* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(byte* address, nuint length);
}
