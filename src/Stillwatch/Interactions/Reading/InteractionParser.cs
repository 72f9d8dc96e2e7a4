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
    private readonly IRecordParser<IInteractionSink>?[] _parsers =
        new IRecordParser<IInteractionSink>?[Enum.GetValues<InputFormat>().Length];

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
        new ChunkRecords(chunk, _context).Parse(ParserOf(chunk), sink);
    }

    private IRecordParser<IInteractionSink> ParserOf(RecordChunk chunk)
    {
        var parser = _parsers[(int)chunk.Format] ??= Create(chunk.Format);
        if (parser is CsvRecordParser rows)
        {
            rows.Begin(chunk.Layout ?? throw new ArgumentException("A chunk of a table comes with its header.", nameof(chunk)));
        }

        return parser;
    }

    private IRecordParser<IInteractionSink> Create(InputFormat format) => format switch
    {
        InputFormat.Native => new NativeRecordParser(_context),
        InputFormat.Csv => new CsvRecordParser(_context),
        InputFormat.Rows => new RowsRecordParser(_context),
        InputFormat.LiteLlm => new LiteLlmRecordParser(_context),
        InputFormat.OpenTelemetry => new OtlpRecordParser(_context),
        _ => throw new ArgumentException($"No parser reads {format}.", nameof(format)),
    };
}
