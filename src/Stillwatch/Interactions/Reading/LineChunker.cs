using System.Buffers;
using Stillwatch.Interactions.Formats;

namespace Stillwatch.Interactions.Reading;

/// <summary>Cuts an input of lines into chunks of whole records.</summary>
/// <remarks>
/// Holds one buffer: a chunk's size, growing to the limit of a record only while one record needs it. A longer record is read past
/// without being held, and is known by its length.
/// </remarks>
internal sealed class LineChunker(InputFile file, DecodedInput input, ReaderOptions options, InputFaults faults)
{
    /// <summary>Room for the end of line after the longest record.</summary>
    private const int EndOfLineBytes = 2;

    private byte[] _buffer = [];
    private int _filled;
    private int _capacity = options.ChunkBytes;
    private long _line = 1;

    /// <summary>The table's header, which every chunk carries; null for lines.</summary>
    public CsvLayout? Layout { get; init; }

    /// <summary>The line on which the first record stands.</summary>
    public long FirstLine { init => _line = value; }

    /// <summary>The chunks.</summary>
    /// <param name="format">What their records are.</param>
    /// <param name="boundary">Where records end.</param>
    public IEnumerable<RecordChunk> Read(InputFormat format, IRecordBoundary boundary)
    {
        _buffer = ArrayPool<byte>.Shared.Rent(_capacity);
        for (var more = true; more;)
        {
            more = Fill();
            var whole = more ? boundary.WholeRecords(_buffer.AsSpan(0, _filled)) : AtEnd(boundary);
            if (whole > 0)
            {
                yield return Take(format, whole);
            }
            else if (more)
            {
                MakeRoom();
            }
        }

        ArrayPool<byte>.Shared.Return(_buffer);
        if (input.Fault is { } fault)
        {
            faults.Reject(new(file.Name, new(file.Ordinal, _line, int.MaxValue), "", fault.Reason, fault.Detail));
        }
    }

    /// <summary>Fills the buffer; false at the end of the input.</summary>
    private bool Fill()
    {
        var wanted = _capacity - _filled;
        var read = input.Fill(_buffer.AsSpan(_filled, wanted));
        _filled += read;
        return read == wanted;
    }

    /// <summary>At the end the rest is a record, unless the data were cut there.</summary>
    private int AtEnd(IRecordBoundary boundary) =>
        input.Fault is null ? _filled : boundary.WholeRecords(_buffer.AsSpan(0, _filled));

    private RecordChunk Take(InputFormat format, int whole)
    {
        _capacity = options.ChunkBytes;
        var rest = _buffer.AsSpan(whole, _filled - whole);
        var next = ArrayPool<byte>.Shared.Rent(Math.Max(_capacity, rest.Length + 1));
        rest.CopyTo(next);
        var chunk = new RecordChunk(file, format, _buffer, whole) { FirstLine = _line, StoredBytes = input.StoredBytes, Layout = Layout };
        _line += _buffer.AsSpan(0, whole).Count((byte)'\n');
        _capacity = Math.Max(_capacity, rest.Length + 1);
        (_buffer, _filled) = (next, rest.Length);
        return chunk;
    }

    /// <summary>No record ends in the buffer: more room for it, or past it if it is too long.</summary>
    private void MakeRoom()
    {
        if (_filled >= options.MaxLineBytes + EndOfLineBytes)
        {
            Skip();
            return;
        }

        _capacity = (int)Math.Min(_capacity * 2L, options.MaxLineBytes + (long)EndOfLineBytes);
        var larger = ArrayPool<byte>.Shared.Rent(_capacity);
        _buffer.AsSpan(0, _filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    /// <summary>Reads past the record at hand up to its line feed, holding nothing of it.</summary>
    private void Skip()
    {
        var position = new RecordPosition(file.Ordinal, _line, 0);
        int end;
        while ((end = _buffer.AsSpan(0, _filled).IndexOf((byte)'\n')) < 0 && _filled > 0)
        {
            _filled = input.Fill(_buffer.AsSpan(0, _capacity));
        }

        faults.Reject(new(file.Name, position, "", InputFaultReason.LineTooLong, $"over {options.MaxLineBytes} bytes"));
        var next = end < 0 ? _filled : end + 1;
        _buffer.AsSpan(next, _filled - next).CopyTo(_buffer);
        _filled -= next;
        _line++;
    }
}
