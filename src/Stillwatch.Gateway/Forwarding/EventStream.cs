using System.Buffers;
using Stillwatch.Gateway.Observation;

namespace Stillwatch.Gateway.Forwarding;

/// <summary>Cuts the bytes of a server-sent event stream into whole events (WHATWG HTML, section 9.2.5), however they arrive.</summary>
/// <remarks>
/// Events are forwarded only whole: then whatever has to be said when an upstream breaks off, or a reservation ends, is said between
/// two events and can be read. The bytes themselves are not touched. Memory: one event, bounded; nothing while the stream is idle.
/// Lines end with LF, CR LF or CR.
/// </remarks>
/// <param name="maxEventBytes">The longest event.</param>
internal sealed class EventStream(int maxEventBytes) : IDisposable
{
    private const int InitialBytes = 16 << 10;
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n"u8);

    private readonly ByteBuffer _lines = new(256);
    private byte[]? _buffer;
    private int _filled;
    private int _scanned;
    private int _lineStart;
    private int _eventStart;
    private bool _endedByReturn;

    /// <summary>Whether no part of an event is held.</summary>
    public bool IsEmpty => _filled == 0;

    /// <summary>Whether the event that is held is longer than allowed.</summary>
    public bool IsTooLong => _filled - _eventStart > maxEventBytes;

    /// <summary>All bytes that are held.</summary>
    public ReadOnlySpan<byte> Held => _buffer is null ? default : _buffer.AsSpan(0, _filled);

    /// <summary>The end, in <see cref="Held"/>, of the last event that was taken.</summary>
    public int EventEnd => _eventStart;

    /// <summary>Room for more bytes.</summary>
    public Memory<byte> Free()
    {
        _buffer ??= ArrayPool<byte>.Shared.Rent(InitialBytes);
        if (_filled == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(2 * _buffer.Length);
            _buffer.CopyTo(larger, 0);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsMemory(_filled);
    }

    /// <summary>Notes that so many bytes were put there.</summary>
    public void Advance(int count) => _filled += count;

    /// <summary>Takes the next whole event.</summary>
    /// <param name="name">Its name; empty for none. Valid until the next call.</param>
    /// <param name="data">Its data, lines joined with LF. Valid until the next call.</param>
    /// <returns>False if no whole event is held.</returns>
    public bool TryTake(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> data)
    {
        name = data = default;
        SkipLateLineFeed();
        while (_scanned < _filled)
        {
            var at = Held[_scanned..].IndexOfAny(LineEnds);
            if (at < 0)
            {
                _scanned = _filled;
                return false;
            }

            var end = _scanned + at;
            var next = end + 1;
            if (_buffer![end] == CarriageReturn)
            {
                _endedByReturn = next == _filled;
                next += next < _filled && _buffer[next] == LineFeed ? 1 : 0;
            }

            var isBlank = end == _lineStart;
            _lineStart = _scanned = next;
            if (isBlank)
            {
                var whole = Held[_eventStart..next];
                _eventStart = next;
                Parse(whole, out name, out data);
                return true;
            }
        }

        return false;
    }

    /// <summary>Forgets the events that were taken; an empty buffer goes back to the pool.</summary>
    public void Consume()
    {
        var rest = _filled - _eventStart;
        if (rest == 0)
        {
            Release();
        }
        else if (_eventStart > 0)
        {
            Held[_eventStart..].CopyTo(_buffer);
        }

        _scanned = Math.Max(0, _scanned - _eventStart);
        _lineStart = Math.Max(0, _lineStart - _eventStart);
        (_filled, _eventStart) = (rest, 0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        _lines.Dispose();
    }

    /// <summary>The line feed of a CR LF whose halves came apart ends no further line.</summary>
    private void SkipLateLineFeed()
    {
        if (!_endedByReturn || _scanned == _filled)
        {
            return;
        }

        _endedByReturn = false;
        if (_buffer![_scanned] == LineFeed)
        {
            _eventStart += _eventStart == _scanned ? 1 : 0;
            _scanned++;
            _lineStart = _scanned;
        }
    }

    private void Release()
    {
        if (_buffer is { } buffer)
        {
            _buffer = null;
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Reads the fields of an event. Almost all have one line of data, which is given as it stands.</summary>
    private void Parse(ReadOnlySpan<byte> whole, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> data)
    {
        name = data = default;
        var lines = 0;
        while (!whole.IsEmpty)
        {
            var end = whole.IndexOfAny(LineEnds);
            var line = end < 0 ? whole : whole[..end];
            whole = end < 0 ? default : whole[(end + 1)..];
            if (Field(line, "data"u8, out var value))
            {
                data = ++lines == 1 ? value : Join(data, value, lines);
            }
            else if (Field(line, "event"u8, out value))
            {
                name = value;
            }
        }
    }

    private ReadOnlySpan<byte> Join(ReadOnlySpan<byte> first, ReadOnlySpan<byte> next, int lines)
    {
        if (lines == 2)
        {
            _lines.Clear();
            _lines.Append(first);
        }

        _lines.Append("\n"u8);
        _lines.Append(next);
        return _lines.Span;
    }

    private static bool Field(ReadOnlySpan<byte> line, ReadOnlySpan<byte> field, out ReadOnlySpan<byte> value)
    {
        var isField = line.StartsWith(field) && (line.Length == field.Length || line[field.Length] == (byte)':');
        value = isField && line.Length > field.Length ? line[(field.Length + 1)..] : default;
        value = value.StartsWith(" "u8) ? value[1..] : value;
        return isField;
    }
}
