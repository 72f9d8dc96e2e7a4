using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Stillwatch.Evidence.Storage;

namespace Stillwatch.Gateway.Observation;

/// <summary>One file of the spool.</summary>
/// <remarks>
/// Where frames are written next is mapped into memory. Zeros are written to the place first, so that a full disk is noticed then and not
/// in the middle of a copy; what a crash leaves unused of it is zeros.
/// </remarks>
internal sealed class SpoolSegment : IDisposable
{
    /// <summary>The end of a segment's name.</summary>
    public const string Extension = ".spool";

    /// <summary>The longest window.</summary>
    private const int WindowBytes = 1 << 20;

    /// <summary>Longer frames are written by the system, at little more than their copying costs.</summary>
    internal const int LongestCopied = WindowBytes / 8;

    private static readonly byte[] Zeros = new byte[WindowBytes];

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly int _windowBytes;
    private MappedWindow? _window;

    private SpoolSegment(uint number, string path, SafeFileHandle handle, long length, int windowBytes) =>
        (Number, Path, Handle, Length, _windowBytes) = (number, path, handle, length, windowBytes);

    /// <summary>Its place in the order of segments, from 1.</summary>
    public uint Number { get; }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The file, open for as long as the segment is known.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>Bytes of whole frames; written by the spool under its lock.</summary>
    public long Length { get; set; }

    /// <summary>Admissions in it; their places in tickets.</summary>
    public uint Admissions { get; set; }

    /// <summary>Whether it takes no more frames.</summary>
    public bool IsSealed { get; private set; }

    /// <summary>Whether bytes were written that the disk may not have.</summary>
    public bool IsDirty { get; set; }

    /// <summary>Up to where it was read. Used by the drain only.</summary>
    public long ReadTo { get; set; }

    /// <summary>Parts that were read from it and are not yet in the target. Used by the drain only.</summary>
    public int Pending { get; set; }

    /// <summary>Whether what follows <see cref="ReadTo"/> cannot be read. Used by the drain only.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Makes a new segment, readable by its owner only.</summary>
    /// <param name="directory">Where.</param>
    /// <param name="number">Its place in the order of segments.</param>
    /// <param name="bytes">How long it is to become.</param>
    public static SpoolSegment Create(string directory, uint number, long bytes)
    {
        var path = System.IO.Path.Combine(directory, number.ToString("D10", CultureInfo.InvariantCulture) + Extension);
        var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly };
        using (new FileStream(path, create))
        {
        }

        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
        return new(number, path, handle, 0, (int)Math.Min(bytes, WindowBytes));
    }

    /// <summary>Opens a segment that another process left.</summary>
    /// <returns>Null if the name is none of a segment.</returns>
    public static SpoolSegment? Open(string path)
    {
        var name = System.IO.Path.GetFileNameWithoutExtension(path);
        if (!uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        return new(number, path, handle, RandomAccess.GetLength(handle), 0) { IsSealed = true };
    }

    /// <summary>Writes a frame behind the others; the caller moves <see cref="Length"/> on.</summary>
    /// <remarks>
    /// The header of a frame is copied after what it is about, so that a process which ends in between leaves zeros there, or a frame that
    /// its checksum refutes.
    /// </remarks>
    /// <exception cref="IOException">The disk is full or does not write.</exception>
    public void Append(ReadOnlySpan<byte> frame)
    {
        if (frame.Length > Math.Min(LongestCopied, _windowBytes))
        {
            RandomAccess.Write(Handle, frame, Length);
            return;
        }

        if (_window is null || !_window.Holds(Length, frame.Length))
        {
            CloseWindow();
            RandomAccess.Write(Handle, Zeros.AsSpan(0, _windowBytes), Length);
            _window = MappedWindow.Open(Handle, Length, _windowBytes);
        }

        _window.Write(frame[SpoolFrame.HeaderBytes..], Length + SpoolFrame.HeaderBytes);
        _window.Write(frame[..SpoolFrame.HeaderBytes], Length);
    }

    /// <summary>Takes no more frames, and gives back what is unused of the file.</summary>
    /// <exception cref="IOException">The file could not be shortened; it is sealed all the same.</exception>
    public void Seal()
    {
        IsSealed = true;
        CloseWindow();
        RandomAccess.SetLength(Handle, Length);
    }

    /// <summary>Deletes the file.</summary>
    public void Delete()
    {
        CloseWindow();
        Handle.Dispose();
        File.Delete(Path);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        using (Handle)
        {
            if (!IsSealed)
            {
                Seal();
            }
        }
    }

    private void CloseWindow()
    {
        _window?.Dispose();
        _window = null;
    }
}
