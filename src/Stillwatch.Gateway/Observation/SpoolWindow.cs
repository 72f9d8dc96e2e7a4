using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Microsoft.Win32.SafeHandles;

namespace Stillwatch.Gateway.Observation;

/// <summary>The place in a segment where frames are written next, mapped into memory: what is copied there survives the process.</summary>
/// <remarks>
/// Copying takes no system call. Zeros are written to the place first, so that a full disk is noticed then and not in the middle of a copy,
/// where the kernel would end the process. What a crash leaves unused of a window is zeros. Not thread-safe.
/// </remarks>
internal sealed class SpoolWindow : IDisposable
{
    /// <summary>The longest window.</summary>
    public const int MostBytes = 1 << 20;

    /// <summary>Longer frames are written by the system, at little more than their copying costs.</summary>
    public const int LongestFrame = MostBytes / 8;

    private static readonly byte[] Zeros = new byte[MostBytes];

    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly long _start;
    private readonly int _bytes;

    private SpoolWindow(MemoryMappedFile map, long start, int bytes)
    {
        (_map, _start, _bytes) = (map, start, bytes);
        _view = map.CreateViewAccessor(start, bytes);
    }

    /// <summary>Opens a window.</summary>
    /// <param name="file">The segment; nothing after <paramref name="start"/> is needed any more.</param>
    /// <param name="start">Where it begins in the file.</param>
    /// <param name="bytes">How long it is, at most <see cref="MostBytes"/>.</param>
    /// <exception cref="IOException">The disk is full or does not write.</exception>
    public static SpoolWindow Open(SafeFileHandle file, long start, int bytes)
    {
        RandomAccess.Write(file, Zeros.AsSpan(0, bytes), start);
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
    public bool Holds(long at, int bytes) => at >= _start && at + bytes <= _start + _bytes;

    /// <summary>Copies bytes to a place in the file that is within the window.</summary>
    /// <remarks>The handle copies element by element, so long elements save time.</remarks>
    public void Write(ReadOnlySpan<byte> bytes, long at)
    {
        var place = (ulong)(at - _start + _view.PointerOffset);
        var whole = MemoryMarshal.Cast<byte, Vector256<byte>>(bytes);
        var rest = whole.Length * Vector256<byte>.Count;
        _view.SafeMemoryMappedViewHandle.WriteSpan(place, whole);
        _view.SafeMemoryMappedViewHandle.WriteSpan(place + (ulong)rest, bytes[rest..]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The accessor itself would wait for the disk first; the spool's timer brings the file there.
        _view.SafeMemoryMappedViewHandle.Dispose();
        _map.Dispose();
    }
}
