using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace Stillwatch.Evidence.Storage;

/// <summary>A part of a file, mapped into memory: what is copied there is in the kernel's hands and survives the process.</summary>
/// <remarks>
/// Copying takes no system call. The place must have its blocks already, written and not only allocated: on a full disk the kernel ends
/// a process that touches a page without one. Only as many pages as a window has count as the process's memory. Closing does not wait
/// for the disk: <see cref="FileContent.Flush"/> does. Not thread-safe.
/// </remarks>
public sealed unsafe class MappedWindow : IDisposable
{
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly long _start;
    private readonly int _bytes;
    private byte* _first;

    private MappedWindow(MemoryMappedFile map, long start, int bytes)
    {
        (_map, _start, _bytes) = (map, start, bytes);
        _view = map.CreateViewAccessor(start, bytes);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _first);
        _first += _view.PointerOffset;
    }

    /// <summary>Opens a window.</summary>
    /// <param name="file">The file, open for reading and writing; it stays open.</param>
    /// <param name="start">Where the window begins, in bytes from the file's begin.</param>
    /// <param name="bytes">How long it is; the file must reach as far.</param>
    /// <exception cref="IOException">The system maps nothing more.</exception>
    /// <exception cref="UnauthorizedAccessException">The window would reach beyond the file's end.</exception>
    public static MappedWindow Open(SafeFileHandle file, long start, int bytes)
    {
        var map = MemoryMappedFile.CreateFromFile(
            file, mapName: null, capacity: 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        try
        {
            return new(map, start, bytes);
        }
        catch
        {
            map.Dispose();
            throw;
        }
    }

    /// <summary>Whether so many bytes at a place in the file are within the window.</summary>
    public bool Holds(long at, int bytes) => at >= _start && at <= _start + _bytes - bytes;

    /// <summary>Copies bytes to a place in the file.</summary>
    /// <param name="bytes">What is copied.</param>
    /// <param name="at">Where to, in bytes from the file's begin.</param>
    /// <exception cref="ArgumentOutOfRangeException">The place is not within the window.</exception>
    /// <exception cref="ObjectDisposedException">The window is closed.</exception>
    public void Write(ReadOnlySpan<byte> bytes, long at)
    {
        ObjectDisposedException.ThrowIf(_first is null, this);
        if (!Holds(at, bytes.Length))
        {
            throw new ArgumentOutOfRangeException(nameof(at), at, "The place is not within the window.");
        }

        bytes.CopyTo(new(_first + (at - _start), bytes.Length));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_first is null)
        {
            return;
        }

        // Disposing of the accessor itself would wait for the disk.
        _first = null;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.SafeMemoryMappedViewHandle.Dispose();
        _map.Dispose();
    }
}
