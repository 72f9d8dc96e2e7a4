namespace Stillwatch.Interactions.Reading;

/// <summary>One log that can be opened once or more: a file, or standard input (once).</summary>
public sealed class InputFile
{
    private readonly Func<Stream> _open;

    /// <param name="ordinal">Place in the order of reading, from 0.</param>
    /// <param name="name">What messages call it: the path as the user would write it.</param>
    /// <param name="length">Bytes as stored; null where unknown.</param>
    /// <param name="open">Opens the bytes as stored, compressed or not.</param>
    public InputFile(int ordinal, string name, long? length, Func<Stream> open)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ordinal);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(open);
        (Ordinal, Name, Length, _open) = (ordinal, name, length, open);
    }

    /// <summary>Place in the order of reading, from 0.</summary>
    public int Ordinal { get; }

    /// <summary>What messages call it.</summary>
    public string Name { get; }

    /// <summary>Full path; null for standard input.</summary>
    public string? Path { get; init; }

    /// <summary>Bytes as stored; null where unknown. For progress only: a file may grow while it is read.</summary>
    public long? Length { get; }

    /// <summary>A file on disk, opened for shared reading.</summary>
    public static InputFile FromPath(int ordinal, string path)
    {
        var file = new FileInfo(path);
        return new(ordinal, path, file.Exists ? file.Length : null, () => OpenPath(path)) { Path = file.FullName };
    }

    /// <summary>Bytes in memory, for tests and small uses.</summary>
    public static InputFile FromBytes(int ordinal, string name, byte[] bytes) =>
        new(ordinal, name, bytes.Length, () => new MemoryStream(bytes, writable: false));

    /// <summary>Opens the bytes as stored.</summary>
    /// <exception cref="InputException">The file is missing or may not be read.</exception>
    public Stream Open()
    {
        try
        {
            return _open();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(Explain(Name, e), e);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal static string Explain(string name, Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => $"{name}: there is no such file or directory.",
        UnauthorizedAccessException => $"{name}: permission to read it is denied.",
        _ => $"{name}: it cannot be read: {e.Message}",
    };

    private static FileStream OpenPath(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Open,
            Access = FileAccess.Read,
            Share = FileShare.ReadWrite | FileShare.Delete,
            Options = FileOptions.SequentialScan,
            BufferSize = 0,
        };
        return new(path, options);
    }
}
