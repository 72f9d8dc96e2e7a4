namespace Stillwatch.Evidence.Storage;

/// <summary>The operations on the real disk.</summary>
public sealed class DiskFiles : IFileOperations
{
    /// <summary>The only instance; it holds nothing.</summary>
    public static DiskFiles Instance { get; } = new();

    private DiskFiles()
    {
    }

    /// <inheritdoc/>
    public byte[]? Read(string path, int maxBytes)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var length = RandomAccess.GetLength(file);
            if (length > maxBytes)
            {
                throw new InvalidDataException($"{path} has {length} bytes; at most {maxBytes} are read.");
            }

            var content = new byte[length];
            var read = 0;
            while (read < content.Length && RandomAccess.Read(file, content.AsSpan(read), read) is var count && count > 0)
            {
                read += count;
            }

            return content[..read];
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string directory) => Directory.Exists(directory)
        ? [.. Directory.EnumerateFileSystemEntries(directory).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)]
        : [];

    /// <inheritdoc/>
    public bool DirectoryExists(string path) => Directory.Exists(path);

    /// <inheritdoc/>
    public void CreateDirectory(string path) => Directory.CreateDirectory(path);

    /// <inheritdoc/>
    public void Write(string path, ReadOnlySpan<byte> content)
    {
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.None);
        RandomAccess.Write(file, content, 0);
        LibC.FlushToDisk(file, path);
    }

    /// <inheritdoc/>
    public long? Length(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : null;

    /// <inheritdoc/>
    public void WriteAt(string path, long offset, ReadOnlySpan<byte> content)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        RandomAccess.Write(file, content, offset);
        LibC.FlushContent(file, path);
    }

    /// <inheritdoc/>
    public void Rename(string path, string newPath) => File.Move(path, newPath, overwrite: true);

    /// <inheritdoc/>
    public void FlushDirectory(string path)
    {
        using var directory = LibC.OpenDirectory(path);
        LibC.FlushToDisk(directory, path);
    }

    /// <inheritdoc/>
    public void Delete(string path) => File.Delete(path);

    /// <inheritdoc/>
    public void DeleteDirectory(string path) => Directory.Delete(path);
}
