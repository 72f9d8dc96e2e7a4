using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Stillwatch.Gateway.Observation;

/// <summary>One file of the spool.</summary>
internal sealed class SpoolSegment : IDisposable
{
    /// <summary>The end of a segment's name.</summary>
    public const string Extension = ".spool";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private SpoolSegment(uint number, string path, SafeFileHandle handle, long length) =>
        (Number, Path, Handle, Length) = (number, path, handle, length);

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
    public bool IsSealed { get; set; }

    /// <summary>Whether bytes were written that the disk may not have.</summary>
    public bool IsDirty { get; set; }

    /// <summary>Up to where it was read. Used by the drain only.</summary>
    public long ReadTo { get; set; }

    /// <summary>Parts that were read from it and are not yet in the target. Used by the drain only.</summary>
    public int Pending { get; set; }

    /// <summary>Whether what follows <see cref="ReadTo"/> cannot be read. Used by the drain only.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Makes a new segment, readable by its owner only.</summary>
    public static SpoolSegment Create(string directory, uint number)
    {
        var path = System.IO.Path.Combine(directory, number.ToString("D10", CultureInfo.InvariantCulture) + Extension);
        var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly };
        using (new FileStream(path, create))
        {
        }

        return new(number, path, File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete), 0);
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
        return new(number, path, handle, RandomAccess.GetLength(handle)) { IsSealed = true };
    }

    /// <summary>Deletes the file.</summary>
    public void Delete()
    {
        Handle.Dispose();
        File.Delete(Path);
    }

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();
}
