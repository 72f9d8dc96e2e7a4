using Stillwatch.Interactions.Formats;

namespace Stillwatch.Interactions.Reading;

/// <summary>Opens inputs, recognises their formats, and cuts them into chunks that parsers can read in parallel.</summary>
/// <remarks>One thread reads. Memory: the chunks that are not yet disposed, and one record of at most <see cref="ReaderOptions.MaxLineBytes"/>.</remarks>
public sealed class ChunkReader
{
    private readonly ReaderOptions _options;
    private readonly InputFaults _faults;
    private readonly IParquetRows? _parquet;

    /// <param name="options">The bounds.</param>
    /// <param name="faults">Takes what is wrong with the input.</param>
    /// <param name="parquet">Reads Parquet; null where there is no engine, so that such files are a fault.</param>
    /// <exception cref="ArgumentException">The options are out of their ranges.</exception>
    public ChunkReader(ReaderOptions options, InputFaults faults, IParquetRows? parquet = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(faults);
        (_options, _faults, _parquet) = (options.Checked(), faults, parquet);
    }

    /// <summary>
    /// The chunks of all inputs, in order. A file that cannot be read, or is in no known format, is one fault and does not stop the others.
    /// </summary>
    /// <exception cref="InputFaultException">Reading is strict and something is wrong.</exception>
    public IEnumerable<RecordChunk> Read(IEnumerable<InputFile> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return ReadAs(_options.Format, inputs);
    }

    /// <summary>The chunks of all inputs, which are all of one format.</summary>
    internal IEnumerable<RecordChunk> ReadAs(InputFormat format, IEnumerable<InputFile> inputs)
    {
        var index = 0L;
        foreach (var input in inputs)
        {
            foreach (var chunk in ReadInput(input, format))
            {
                chunk.Index = index++;
                yield return chunk;
            }
        }
    }

    private IEnumerable<RecordChunk> ReadInput(InputFile file, InputFormat format)
    {
        using var input = TryOpen(file);
        if (input is null)
        {
            yield break;
        }

        if (input.Unsupported is { } unsupported)
        {
            RejectFile(file, InputFaultReason.Unsupported, unsupported);
            yield break;
        }

        var sample = new byte[InputRecogniser.SampleBytes];
        var length = input.Fill(sample);
        foreach (var chunk in ReadRecords(file, input, sample.AsMemory(0, length), format))
        {
            yield return chunk;
        }
    }

    private IEnumerable<RecordChunk> ReadRecords(InputFile file, DecodedInput input, ReadOnlyMemory<byte> sample, InputFormat demanded)
    {
        if (Compression.Unsupported(sample.Span) is { } unsupported)
        {
            RejectFile(file, InputFaultReason.Unsupported, unsupported);
            return [];
        }

        var text = sample[(sample.Length - InputRecogniser.SkipMark(sample.Span).Length)..];
        if (text.Span.Trim(" \t\r\n"u8).IsEmpty && text.Length < InputRecogniser.SampleBytes)
        {
            RejectCut(file, input);
            return [];
        }

        if (InputRecogniser.Recognise(text.Span, demanded, _options.Columns) is not { } recognised)
        {
            RejectFile(file, InputFaultReason.Unsupported, "its format is not recognised; say which it is with --input-format");
            return [];
        }

        return recognised switch
        {
            { Format: InputFormat.Csv } => ReadTable(file, input, text),
            { Format: InputFormat.Parquet } => ReadParquet(file),
            { Format: var format, Cut: RecordCut.Lines } => new LineChunker(file, input, _options, _faults).Read(format, new LineBoundary(), text),
            var document => new DocumentChunker(file, input, _options, _faults).Read(document.Format, ShapeOf(document), text),
        };
    }

    private static DocumentShape ShapeOf(RecognisedFormat document) => document switch
    {
        { Format: InputFormat.OpenTelemetry } => DocumentShape.Exports,
        { Cut: RecordCut.Pages } => DocumentShape.Pages,
        _ => DocumentShape.Records,
    };

    private IEnumerable<RecordChunk> ReadTable(InputFile file, DecodedInput input, ReadOnlyMemory<byte> text)
    {
        var layout = CsvLayout.Read(text.Span, _options.Columns);
        var missing = string.Join(", ", layout?.Missing ?? ["time", "account", "model"]);
        if (layout is null || missing.Length > 0)
        {
            RejectFile(file, InputFaultReason.Unsupported, $"its header has no column for {missing}; name yours with --columns, as in --columns ts=time,uid=account");
            return [];
        }

        var firstLine = 1 + text.Span[..layout.HeaderLength].Count((byte)'\n');
        return new LineChunker(file, input, _options, _faults) { Layout = layout, FirstLine = firstLine }
            .Read(InputFormat.Csv, new CsvBoundary(layout.Delimiter), text[layout.HeaderLength..]);
    }

    private IEnumerable<RecordChunk> ReadParquet(InputFile file)
    {
        if (_parquet is null || file.Path is null)
        {
            RejectFile(file, InputFaultReason.Unsupported, _parquet is null ? "Parquet needs the engine" : "Parquet is read from files only; name one");
            yield break;
        }

        using var rows = TryOpen(new(file.Ordinal, file.Name, null, () => _parquet.Open(file)));
        if (rows is null)
        {
            yield break;
        }

        foreach (var chunk in new LineChunker(file, rows, _options, _faults).Read(InputFormat.Rows, new LineBoundary(), default))
        {
            yield return chunk;
        }
    }

    private DecodedInput? TryOpen(InputFile file)
    {
        try
        {
            return DecodedInput.Open(file);
        }
        catch (InputException e)
        {
            RejectFile(file, InputFaultReason.Unreadable, e.Message);
            return null;
        }
    }

    /// <summary>A file without a record is fine, unless it was cut before its first one.</summary>
    private void RejectCut(InputFile file, DecodedInput input)
    {
        if (input.Fault is { } fault)
        {
            RejectFile(file, fault.Reason, fault.Detail);
        }
    }

    private void RejectFile(InputFile file, InputFaultReason reason, string? detail) =>
        _faults.Reject(new(file.Name, new(file.Ordinal, 0, 0), "", reason, detail));
}
