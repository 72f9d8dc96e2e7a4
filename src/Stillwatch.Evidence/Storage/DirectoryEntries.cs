namespace Stillwatch.Evidence.Storage;

/// <summary>Makes names in a directory durable: a new file's content may be on the disk while its name is not (fsync(2)).</summary>
public static class DirectoryEntries
{
    /// <summary>Brings the names in a directory to the disk.</summary>
    /// <exception cref="IOException">The directory cannot be opened or written through.</exception>
    public static void Flush(string directory)
    {
        using var handle = LibC.OpenDirectory(directory);
        LibC.FlushToDisk(handle, directory);
    }

    /// <summary>The same for the directory that a file is in.</summary>
    public static void FlushOf(string path) => Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
}
