namespace Stillwatch.Evidence.Storage;

/// <summary>A secret in a file that only its owner may read (mode 0600). No message names any part of the content.</summary>
public static class OwnerOnlyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Writes a secret to a new file and through to the disk, its name too.</summary>
    /// <exception cref="IOException">The file exists: a key is never overwritten.</exception>
    public static void Create(string path, ReadOnlySpan<byte> secret)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly };
        using (var file = new FileStream(path, options))
        {
            file.Write(secret);
            file.Flush(flushToDisk: true);
        }

        DirectoryEntries.FlushOf(path);
    }

    /// <summary>Reads a secret; the caller clears it.</summary>
    /// <exception cref="InvalidDataException">Others than the owner may use the file, or it is larger than such a secret.</exception>
    public static byte[] Read(string path, int maxBytes)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if ((File.GetUnixFileMode(file.SafeFileHandle) & Others) != 0)
        {
            throw new InvalidDataException($"{path} holds a secret, and others than its owner may use it: run 'chmod 600 {path}'.");
        }

        if (file.Length > maxBytes)
        {
            throw new InvalidDataException($"{path} holds no such secret: it has more than {maxBytes} bytes.");
        }

        var secret = new byte[file.Length];
        file.ReadExactly(secret);
        return secret;
    }
}
