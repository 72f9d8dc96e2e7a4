namespace Stillwatch.Evidence.Storage;

/// <summary>What a log does to a disk, one system call's worth an operation, so that each of them can be made to fail.</summary>
/// <remarks>Paths are absolute. Every operation throws <see cref="IOException"/> if it fails, and may fail after it took effect.</remarks>
public interface IFileOperations
{
    /// <summary>The content of a file; null if there is none.</summary>
    /// <exception cref="InvalidDataException">The file has more than <paramref name="maxBytes"/> bytes.</exception>
    byte[]? Read(string path, int maxBytes);

    /// <summary>The names in a directory, in ordinal order; empty if there is no such directory.</summary>
    IReadOnlyList<string> List(string directory);

    /// <summary>Whether there is such a directory.</summary>
    bool DirectoryExists(string path);

    /// <summary>Makes one directory; its parent exists.</summary>
    void CreateDirectory(string path);

    /// <summary>Writes a whole file, replacing what it held, and returns once its content is on the disk (fsync).</summary>
    void Write(string path, ReadOnlySpan<byte> content);

    /// <summary>Bytes of a file; null if there is none.</summary>
    long? Length(string path);

    /// <summary>
    /// Writes over a part of a file that exists, or beyond its end, and returns once that is on the disk (fdatasync). A crash may leave any
    /// part of it written.
    /// </summary>
    void WriteAt(string path, long offset, ReadOnlySpan<byte> content);

    /// <summary>Renames a file over whatever has the new name; readers see the old or the new one.</summary>
    void Rename(string path, string newPath);

    /// <summary>Returns once the names in a directory are on the disk (fsync).</summary>
    void FlushDirectory(string path);

    /// <summary>Removes a file.</summary>
    void Delete(string path);

    /// <summary>Removes an empty directory.</summary>
    void DeleteDirectory(string path);
}
