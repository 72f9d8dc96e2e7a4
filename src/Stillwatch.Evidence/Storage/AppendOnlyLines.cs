namespace Stillwatch.Evidence.Storage;

/// <summary>A file of lines that only grows; a line counts once it is on the disk with its line end.</summary>
/// <remarks>
/// One writer: the file is held exclusively. A line that a crash cut short is dropped on opening. After a failed write nobody knows
/// what is on the disk, so every later append fails until the file is opened anew.
/// </remarks>
internal sealed class AppendOnlyLines : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly FileStream _file;
    private readonly SemaphoreSlim _turn = new(1);
    private bool _isBroken;

    private AppendOnlyLines(FileStream file) => _file = file;

    /// <summary>Bytes up to the end of the last whole line.</summary>
    public long Length { get; private set; }

    /// <exception cref="IOException">Another process has it open, or it cannot be made.</exception>
    public static AppendOnlyLines Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var isNew = !File.Exists(path);
        var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            UnixCreateMode = OwnerOnly,
        });
        try
        {
            if (isNew)
            {
                DirectoryEntries.FlushOf(path);
            }

            var length = EndOfLastLine(file);
            file.SetLength(length);
            file.Position = length;
            return new AppendOnlyLines(file) { Length = length };
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Appends lines together. Completes once they are on the disk.</summary>
    /// <param name="lines">Without line ends in them.</param>
    /// <param name="cancellationToken">Stops the wait for one's turn only.</param>
    /// <returns>Where each line begins.</returns>
    public async Task<IReadOnlyList<long>> AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> lines, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return Append(lines);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The lines that stood there when the file was opened; to be read before any is appended.</summary>
    public IEnumerable<string> Lines()
    {
        _file.Position = 0;
        using var reader = new StreamReader(_file, leaveOpen: true);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    /// <summary>A part of the file as it is on the disk.</summary>
    public byte[] Read(long offset, int length)
    {
        var bytes = new byte[length];
        var read = 0;
        while (read < length)
        {
            var more = RandomAccess.Read(_file.SafeFileHandle, bytes.AsSpan(read), offset + read);
            read += more > 0 ? more : throw new EndOfStreamException($"{_file.Name} ends before byte {offset + length}.");
        }

        return bytes;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        _turn.Dispose();
    }

    private List<long> Append(IReadOnlyList<ReadOnlyMemory<byte>> lines)
    {
        if (_isBroken)
        {
            throw new IOException($"{_file.Name} takes no more lines: an earlier write to it failed. Open it anew.");
        }

        _isBroken = true;
        var starts = new List<long>(lines.Count);
        var end = Length;
        using var block = new MemoryStream();
        foreach (var line in lines)
        {
            starts.Add(end);
            block.Write(line.Span);
            block.WriteByte((byte)'\n');
            end += line.Length + 1;
        }

        RandomAccess.Write(_file.SafeFileHandle, block.GetBuffer().AsSpan(0, (int)block.Length), Length);
        RandomAccess.FlushToDisk(_file.SafeFileHandle);
        Length = end;
        _isBroken = false;
        return starts;
    }

    private static long EndOfLastLine(FileStream file)
    {
        Span<byte> block = stackalloc byte[4096];
        for (var end = file.Length; end > 0;)
        {
            var start = Math.Max(0, end - block.Length);
            var part = block[..(int)(end - start)];
            RandomAccess.Read(file.SafeFileHandle, part, start);
            if (part.LastIndexOf((byte)'\n') is >= 0 and var at)
            {
                return start + at + 1;
            }

            end = start;
        }

        return 0;
    }
}
