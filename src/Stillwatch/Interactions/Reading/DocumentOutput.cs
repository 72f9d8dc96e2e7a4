using System.Buffers;

namespace Stillwatch.Interactions.Reading;

/// <summary>Collects records as lines until they make a chunk. Holds a chunk and one record.</summary>
internal sealed class DocumentOutput(ReaderOptions options)
{
    private readonly List<RecordPosition> _positions = [];
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(options.ChunkBytes);
    private int _used;
    private int _start;
    private bool _tooLong;

    /// <summary>Whether there are records for a chunk.</summary>
    public bool IsFull => _used >= options.ChunkBytes && _positions.Count > 0 && _start == _used;

    /// <summary>Whether there is any whole record.</summary>
    public bool HasRecords => _positions.Count > 0;

    /// <summary>Begins a record.</summary>
    public void Begin(RecordPosition position)
    {
        _positions.Add(position);
        _start = _used;
        _tooLong = false;
    }

    /// <summary>Adds to the record, as long as it keeps to the limit.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        _tooLong |= bytes.Length > options.MaxLineBytes - (_used - _start);
        if (!_tooLong)
        {
            Copy(bytes);
        }
    }

    /// <summary>Ends the record; false if it was too long and is dropped.</summary>
    public bool End()
    {
        if (_tooLong)
        {
            Discard();
            return false;
        }

        Copy("\n"u8);
        _start = _used;
        return true;
    }

    /// <summary>Drops the record that was begun.</summary>
    public void Discard()
    {
        _used = _start;
        _positions.RemoveAt(_positions.Count - 1);
    }

    /// <summary>The whole records as a chunk, which owns the buffer; the next records begin in another.</summary>
    public RecordChunk Take(InputFile file, InputFormat format, long storedBytes)
    {
        var chunk = new RecordChunk(file, format, _buffer, _start)
        {
            FirstLine = _positions[0].Line,
            Positions = [.. _positions],
            StoredBytes = storedBytes,
        };
        _buffer = ArrayPool<byte>.Shared.Rent(options.ChunkBytes);
        (_used, _start) = (0, 0);
        _positions.Clear();
        return chunk;
    }

    private void Copy(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _buffer.Length - _used)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _used + bytes.Length));
            _buffer.AsSpan(0, _used).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        bytes.CopyTo(_buffer.AsSpan(_used));
        _used += bytes.Length;
    }
}
