using Stillwatch.Interactions.Formats;

namespace Stillwatch.Interactions.Reading;

/// <summary>Opens inputs, recognises their formats, and cuts them into chunks that parsers can read in parallel.</summary>
/// <remarks>
/// One thread reads. Memory: the chunks that are not yet disposed, and one record of at most <see cref="ReaderOptions.MaxLineBytes"/>.
/// </remarks>
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

        foreach (var chunk in ReadRecords(file, input, format))
        {
            yield return chunk;
        }
    }

    private IEnumerable<RecordChunk> ReadRecords(InputFile file, DecodedInput input, InputFormat demanded)
    {
        var sample = input.Peek(InputRecogniser.SampleBytes);
        if ((input.Unsupported ?? Compression.Unsupported(sample)) is { } unsupported)
        {
            RejectFile(file, InputFaultReason.Unsupported, unsupported);
            return [];
        }

        var text = InputRecogniser.SkipMark(sample);
        input.Skip(sample.Length - text.Length);
        if (text.Length < InputRecogniser.SampleBytes && text.Trim(" \t\r\n"u8).IsEmpty)
        {
            RejectCut(file, input);
            return [];
        }

        if (InputRecogniser.Recognise(text, demanded, _options.Columns) is not { } recognised)
        {
            RejectUnrecognised(file, input);
            return [];
        }

        return recognised switch
        {
            { Format: InputFormat.Csv } => ReadTable(file, input, text),
            { Format: InputFormat.Parquet } => ReadParquet(file),
            { Format: var format, Cut: RecordCut.Lines } =>
                new LineChunker(file, input, _options, _faults).Read(format, new LineBoundary()),
            var document => new DocumentChunker(file, input, _options, _faults).Read(document.Format, ShapeOf(document)),
        };
    }

    private static DocumentShape ShapeOf(RecognisedFormat document) => document switch
    {
        { Format: InputFormat.OpenTelemetry } => DocumentShape.Exports,
        { Cut: RecordCut.Pages } => DocumentShape.Pages,
        _ => DocumentShape.Records,
    };

    private IEnumerable<RecordChunk> ReadTable(InputFile file, DecodedInput input, ReadOnlySpan<byte> text)
    {
        var layout = CsvLayout.Read(text, _options.Columns);
        var missing = string.Join(", ", layout?.Missing ?? ["time", "account", "model"]);
        if (layout is null || missing.Length > 0)
        {
            var detail = $"its header has no column for {missing}; name yours with --columns, as in --columns ts=time,uid=account";
            RejectFile(file, InputFaultReason.Unsupported, detail);
            return [];
        }

        input.Skip(layout.HeaderLength);
        var firstLine = 1 + text[..layout.HeaderLength].Count((byte)'\n');
        return new LineChunker(file, input, _options, _faults) { Layout = layout, FirstLine = firstLine }
            .Read(InputFormat.Csv, new CsvBoundary(layout.Delimiter));
    }

    private IEnumerable<RecordChunk> ReadParquet(InputFile file)
    {
        if (_parquet is null || file.Path is null)
        {
            var detail = _parquet is null
                ? "Parquet is read by the engine; there is none here"
                : "Parquet is read from files only; name one";
            RejectFile(file, InputFaultReason.Unsupported, detail);
            yield break;
        }

        using var rows = TryOpen(new(file.Ordinal, file.Name, null, () => _parquet.Open(file)));
        if (rows is null)
        {
            yield break;
        }

        foreach (var chunk in new LineChunker(file, rows, _options, _faults).Read(InputFormat.Rows, new LineBoundary()))
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

    /// <summary>A file is cut before its first record.</summary>
    private void RejectCut(InputFile file, DecodedInput input)
    {
        if (input.Fault is { } fault)
        {
            RejectFile(file, fault.Reason, fault.Detail);
        }
    }

    private void RejectUnrecognised(InputFile file, DecodedInput input)
    {
        if (input.Fault is null)
        {
            RejectFile(file, InputFaultReason.Unsupported, "its format is not recognised; say which it is with --input-format");
        }

        RejectCut(file, input);
    }

    private void RejectFile(InputFile file, InputFaultReason reason, string? detail) =>
        _faults.Reject(new(file.Name, new(file.Ordinal, 0, 0), "", reason, detail));
}
