using System.Buffers;
using Stillwatch.Interactions.Formats;

namespace Stillwatch.Interactions.Reading;

/// <summary>
/// Some whole records of one input as raw bytes, to be parsed on any thread. Dispose it once parsed: its buffer is pooled.
/// </summary>
public sealed class RecordChunk : IDisposable
{
    private byte[]? _buffer;
    private readonly int _length;

    internal RecordChunk(InputFile file, InputFormat format, byte[] rented, int length)
    {
        (File, Format, _buffer, _length) = (file, format, rented, length);
    }

    /// <summary>Where the records come from.</summary>
    public InputFile File { get; }

    /// <summary>The format that was recognised or demanded; never <see cref="InputFormat.Auto"/>.</summary>
    public InputFormat Format { get; }

    /// <summary>Place in the order of reading over all inputs, from 0.</summary>
    public long Index { get; internal set; }

    /// <summary>The line of the input on which the first byte stands, from 1.</summary>
    public long FirstLine { get; internal init; } = 1;

    /// <summary>The records, each ended by a line feed except perhaps the last.</summary>
    public ReadOnlyMemory<byte> Bytes =>
        new(_buffer ?? throw new ObjectDisposedException(nameof(RecordChunk)), 0, _length);

    /// <summary>Bytes of the input as stored (compressed or not) that were consumed up to the end of this chunk; for progress.</summary>
    public long StoredBytes { get; internal init; }

    /// <summary>Where each line's record stands, if that is not simply its line: records cut out of a document.</summary>
    internal RecordPosition[]? Positions { get; init; }

    /// <summary>The table's header; null for records that are lines.</summary>
    internal CsvLayout? Layout { get; init; }

    /// <summary>Where the record on a line of <see cref="Bytes"/> stands, counted from 0.</summary>
    internal RecordPosition PositionOf(int line) => Positions is null ? new(File.Ordinal, FirstLine + line, 0) : Positions[line];

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } rented)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
