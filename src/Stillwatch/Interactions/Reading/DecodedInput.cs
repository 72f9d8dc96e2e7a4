namespace Stillwatch.Interactions.Reading;

/// <summary>An opened input: its uncompressed bytes, and what was wrong with the file once they end.</summary>
internal sealed class DecodedInput : IDisposable
{
    private const int MagicBytes = 8;

    private readonly StoredStream _stored;
    private readonly GzipInput? _gzip;
    private (InputFaultReason, string?)? _readError;
    private byte[] _ahead = [];
    private int _taken;

    private DecodedInput(StoredStream stored)
    {
        _stored = stored;
        Unsupported = Compression.Unsupported(stored.Peek(MagicBytes));
        _gzip = Compression.IsGzip(stored.Peek(MagicBytes)) ? new(stored) : null;
    }

    /// <summary>Why the file cannot be read although it can be opened; null if it can.</summary>
    public string? Unsupported { get; }

    /// <summary>What ended the bytes too early; null if nothing did so far.</summary>
    public (InputFaultReason Reason, string? Detail)? Fault => _readError ?? (_gzip?.Fault is { } reason ? (reason, null) : null);

    /// <summary>Bytes as stored that were consumed so far.</summary>
    public long StoredBytes => _stored.Count;

    /// <exception cref="InputException">The file is missing or may not be read.</exception>
    public static DecodedInput Open(InputFile file)
    {
        var stored = new StoredStream(file.Open());
        try
        {
            return new(stored);
        }
        catch (Exception e)
        {
            stored.Dispose();
            throw e is IOException or UnauthorizedAccessException ? new InputException(InputFile.Explain(file.Name, e), e) : e;
        }
    }

    /// <summary>
    /// Up to so many first bytes, which <see cref="Fill"/> will read yet; fewer only if there are no more. Once, before it.
    /// </summary>
    public ReadOnlySpan<byte> Peek(int length)
    {
        var ahead = new byte[length];
        _ahead = ahead[..Fill(ahead)];
        return _ahead;
    }

    /// <summary>Passes over some of the bytes that were looked at.</summary>
    public void Skip(int length) => _taken += length;

    /// <summary>Reads until the buffer is full or the bytes end.</summary>
    /// <returns>Bytes read; fewer than asked for only at the end.</returns>
    public int Fill(Span<byte> buffer)
    {
        var filled = Math.Min(buffer.Length, _ahead.Length - _taken);
        _ahead.AsSpan(_taken, filled).CopyTo(buffer);
        _taken += filled;
        try
        {
            for (var read = -1; read != 0 && filled < buffer.Length; filled += read)
            {
                read = _gzip is null ? _stored.Read(buffer[filled..]) : _gzip.Read(buffer[filled..]);
            }
        }
        catch (IOException e)
        {
            _readError = (InputFaultReason.Unreadable, e.Message);
        }

        return filled;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gzip?.Dispose();
        _stored.Dispose();
    }
}
