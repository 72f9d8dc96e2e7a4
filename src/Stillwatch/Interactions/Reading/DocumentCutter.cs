using System.Buffers;

namespace Stillwatch.Interactions.Reading;

/// <summary>Finds the records of a JSON document in its bytes, fed piece by piece, and copies each as one line.</summary>
/// <remarks>
/// Knows strings and brackets, no more: what it cuts out is checked by the parser of the record. Line feeds between tokens become blanks;
/// one inside a string, which JSON does not allow, becomes a carriage return, which it does not allow either.
/// </remarks>
internal sealed class DocumentCutter(DocumentShape shape, DocumentOutput output, InputFile file, InputFaults faults)
{
    /// <summary>Deeper containers are inside records, or hold none.</summary>
    private const int MaxLevels = 16;

    private const int MaxNameBytes = 64;

    /// <summary>A resource is repeated for each of its spans, hence its small bound.</summary>
    private const int MaxResourceBytes = 1 << 16;

    private static readonly SearchValues<byte> BetweenTokens = SearchValues.Create("{}[]\",:\n"u8);

    private static readonly SearchValues<byte> InsideStrings = SearchValues.Create("\"\\\n"u8);

    private readonly DocumentLevel[] _levels = new DocumentLevel[MaxLevels];
    private readonly ArrayBufferWriter<byte> _resource = new();
    private readonly byte[] _name = new byte[MaxNameBytes];
    private DocumentLevel _captured = DocumentLevel.Top;
    private int _capturedDepth;
    private int _nameLength;
    private int _depth;
    private int _records;
    private long _line = 1;
    private bool _inString;
    private bool _escaped;
    private bool _stray;

    /// <summary>Where the next byte stands.</summary>
    public RecordPosition Position => new(file.Ordinal, _line, _records);

    /// <summary>Whether the document cannot end here.</summary>
    public bool IsOpen => _depth > 0 || _inString;

    private DocumentLevel Level => _depth == 0 ? DocumentLevel.Top : _depth <= MaxLevels ? _levels[_depth - 1] : DocumentLevel.Other;

    private bool IsCapturing => _captured is not DocumentLevel.Top;

    /// <summary>Reads bytes until they end or a chunk is full.</summary>
    /// <returns>Bytes read.</returns>
    public int Feed(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length && !output.IsFull)
        {
            at += _inString ? FeedString(bytes[at..]) : FeedTokens(bytes[at..]);
        }

        return at;
    }

    /// <summary>Drops the record at hand: the bytes end inside it.</summary>
    public void Abandon()
    {
        if (_captured is DocumentLevel.Record or DocumentLevel.Span)
        {
            output.Discard();
        }
    }

    private int FeedString(ReadOnlySpan<byte> bytes)
    {
        var end = _escaped ? 0 : bytes.IndexOfAny(InsideStrings);
        if (end < 0)
        {
            CopyText(bytes);
            return bytes.Length;
        }

        CopyText(bytes[..end]);
        if (bytes[end] == '\n')
        {
            _line++;
            Copy("\r"u8);
        }
        else
        {
            Copy(bytes.Slice(end, 1));
        }

        _inString = _escaped || bytes[end] != '"';
        _escaped = !_escaped && bytes[end] == '\\';
        return end + 1;
    }

    private int FeedTokens(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOfAny(BetweenTokens);
        var gap = end < 0 ? bytes : bytes[..end];
        Copy(gap);
        if (!gap.Trim(" \t\r"u8).IsEmpty)
        {
            NoteStray();
        }

        if (end < 0)
        {
            return bytes.Length;
        }

        FeedToken(bytes[end]);
        return end + 1;
    }

    private void FeedToken(byte token)
    {
        switch (token)
        {
            case (byte)'{' or (byte)'[':
                Open(token);
                break;
            case (byte)'}' or (byte)']':
                Close(token);
                break;
            case (byte)'"':
                _inString = true;
                _nameLength = 0;
                NoteStray();
                Copy("\""u8);
                break;
            case (byte)'\n':
                _line++;
                _stray &= Level is not DocumentLevel.Top;
                Copy(" "u8);
                break;
            default:
                _stray = false;
                Copy([token]);
                break;
        }
    }

    private void Open(byte bracket)
    {
        var level = DocumentLevel.Other;
        if (!IsCapturing)
        {
            level = shape.Enter(Level, bracket == '{', _name.AsSpan(0, _nameLength));
            if (level is DocumentLevel.Other)
            {
                NoteStray();
            }

            Enter(level);
        }

        if (_depth < MaxLevels)
        {
            _levels[_depth] = level;
        }

        _depth++;
        _nameLength = 0;
        Copy([bracket]);
    }

    private void Enter(DocumentLevel level)
    {
        switch (level)
        {
            case DocumentLevel.Record or DocumentLevel.Span:
                output.Begin(Position);
                _records++;
                Capture(level);
                CopyResource(level);
                break;
            case DocumentLevel.Resource:
                _resource.ResetWrittenCount();
                Capture(level);
                break;
            case DocumentLevel.ResourceSpans:
                _resource.ResetWrittenCount();
                break;
        }
    }

    private void Capture(DocumentLevel level) => (_captured, _capturedDepth) = (level, _depth);

    /// <summary>
    /// A span is cut out in the shape of a whole export, {"resourceSpans":[{"resource":…,"scopeSpans":[{"spans":[…]}]}]}.
    /// </summary>
    private void CopyResource(DocumentLevel level)
    {
        if (level is DocumentLevel.Span)
        {
            output.Append("{\"resourceSpans\":[{\"resource\":"u8);
            output.Append(_resource.WrittenCount is > 0 and <= MaxResourceBytes ? _resource.WrittenSpan : "null"u8);
            output.Append(",\"scopeSpans\":[{\"spans\":["u8);
        }
    }

    private void Close(byte bracket)
    {
        if (_depth == 0)
        {
            NoteStray();
            return;
        }

        Copy([bracket]);
        _depth--;
        if (IsCapturing && _depth == _capturedDepth)
        {
            EndCapture();
        }
    }

    private void EndCapture()
    {
        if (_captured is DocumentLevel.Span)
        {
            output.Append("]}]}]}"u8);
        }

        if (_captured is not DocumentLevel.Resource && !output.End())
        {
            var position = Position with { Part = _records - 1 };
            faults.Reject(new(file.Name, position, "", InputFaultReason.LineTooLong, "a record of a document"));
        }

        _captured = DocumentLevel.Top;
    }

    private void Copy(ReadOnlySpan<byte> bytes)
    {
        if (_captured is DocumentLevel.Record or DocumentLevel.Span)
        {
            output.Append(bytes);
        }
        else if (_captured is DocumentLevel.Resource && _resource.WrittenCount <= MaxResourceBytes)
        {
            _resource.Write(bytes);
        }
    }

    /// <summary>Copies text of a string, which outside of records may be the name of a member.</summary>
    private void CopyText(ReadOnlySpan<byte> text)
    {
        Copy(text);
        if (!IsCapturing)
        {
            var fits = text.Length <= MaxNameBytes - _nameLength;
            text[..(fits ? text.Length : MaxNameBytes - _nameLength)].CopyTo(_name.AsSpan(_nameLength));
            _nameLength = fits ? _nameLength + text.Length : MaxNameBytes;
        }
    }

    /// <summary>Counts what stands where records should, and is none, once.</summary>
    private void NoteStray()
    {
        if (!_stray && !IsCapturing && Level is DocumentLevel.Top or DocumentLevel.Records or DocumentLevel.Exports or DocumentLevel.Spans)
        {
            _stray = true;
            faults.Reject(new(file.Name, Position, "", InputFaultReason.NotAnObject, null));
        }
    }
}
