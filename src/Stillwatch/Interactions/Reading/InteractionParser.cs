using System.Text.Unicode;
using Stillwatch.Interactions.Formats;

namespace Stillwatch.Interactions.Reading;

/// <summary>
/// Reads the interactions of chunks. Chunks may be parsed in any order and by several parsers at once; each parser is for one thread
/// at a time, as it reuses its buffers.
/// </summary>
/// <remarks>
/// Memory: the longest record it met (freed after it), its unescaped texts, and about 2 MB of strings that come again.
/// What one chunk gives depends on the chunk alone.
/// </remarks>
public sealed class InteractionParser
{
    private readonly RecordContext _context;
    private readonly IRecordParser?[] _parsers = new IRecordParser?[Enum.GetValues<InputFormat>().Length];

    /// <param name="options">The bounds.</param>
    /// <param name="faults">Takes what is wrong with the input; shared by all parsers of a reading.</param>
    /// <param name="time">Tells what "the future" is.</param>
    /// <exception cref="ArgumentException">The options are out of their ranges.</exception>
    public InteractionParser(ReaderOptions options, InputFaults faults, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(faults);
        ArgumentNullException.ThrowIfNull(time);
        _context = new(options.Checked(), faults, time);
    }

    /// <summary>Hands every interaction of the chunk to the sink, in the order of the input. Does not dispose the chunk.</summary>
    /// <exception cref="InputFaultException">Reading is strict and something is wrong.</exception>
    public void Parse(RecordChunk chunk, IInteractionSink sink)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        ArgumentNullException.ThrowIfNull(sink);
        _context.BeginInput(chunk.File);
        ParseLines(chunk, ParserOf(chunk.Format), sink);
    }

    private IRecordParser ParserOf(InputFormat format) => _parsers[(int)format] ??= format switch
    {
        InputFormat.Native => new NativeRecordParser(_context),
        _ => throw new ArgumentException($"No parser reads {format}.", nameof(format)),
    };

    private void ParseLines(RecordChunk chunk, IRecordParser parser, IInteractionSink sink)
    {
        var rest = chunk.Bytes.Span;
        var utf8 = Utf8.IsValid(rest);
        for (var line = chunk.FirstLine; !rest.IsEmpty; line++)
        {
            var end = rest.IndexOf((byte)'\n');
            var record = (end < 0 ? rest : rest[..end]).TrimEnd((byte)'\r');
            rest = end < 0 ? default : rest[(end + 1)..];
            var position = new RecordPosition(chunk.File.Ordinal, line, 0);
            if (!record.TrimStart(" \t"u8).IsEmpty && IsAcceptable(record, position, utf8))
            {
                parser.Parse(record, position, sink);
            }
        }
    }

    private bool IsAcceptable(ReadOnlySpan<byte> record, RecordPosition position, bool utf8)
    {
        if (record.Length > _context.Options.MaxLineBytes)
        {
            _context.RejectAt(position, InputFaultReason.LineTooLong, $"over {_context.Options.MaxLineBytes} bytes");
            return false;
        }

        if (!utf8 && !Utf8.IsValid(record))
        {
            _context.RejectAt(position, InputFaultReason.InvalidUtf8, null);
            return false;
        }

        return true;
    }
}
