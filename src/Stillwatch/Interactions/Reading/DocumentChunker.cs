namespace Stillwatch.Interactions.Reading;

/// <summary>Cuts a JSON document (a list, a page of an API, objects over several lines) into chunks of records, one a line.</summary>
internal sealed class DocumentChunker(InputFile file, DecodedInput input, ReaderOptions options, InputFaults faults)
{
    private readonly DocumentOutput _output = new(options);

    /// <summary>The chunks.</summary>
    /// <param name="format">What the records are.</param>
    /// <param name="shape">Where they are.</param>
    public IEnumerable<RecordChunk> Read(InputFormat format, DocumentShape shape)
    {
        var cutter = new DocumentCutter(shape, _output, file, faults);
        var buffer = new byte[options.ChunkBytes];
        for (var filled = input.Fill(buffer); filled > 0; filled = input.Fill(buffer))
        {
            for (var at = 0; at < filled;)
            {
                at += cutter.Feed(buffer.AsSpan(at, filled - at));
                if (_output.IsFull)
                {
                    yield return _output.Take(file, format, input.StoredBytes);
                }
            }
        }

        cutter.Abandon();
        if (_output.HasRecords)
        {
            yield return _output.Take(file, format, input.StoredBytes);
        }

        RejectEnd(cutter);
    }

    private void RejectEnd(DocumentCutter cutter)
    {
        if (input.Fault is { } fault)
        {
            faults.Reject(new(file.Name, cutter.Position, "", fault.Reason, fault.Detail));
        }
        else if (cutter.IsOpen)
        {
            const string Detail = "the document ends inside an object, list or string";
            faults.Reject(new(file.Name, cutter.Position, "", InputFaultReason.InvalidJson, Detail));
        }
    }
}
