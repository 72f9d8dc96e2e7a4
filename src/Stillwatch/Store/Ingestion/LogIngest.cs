using Stillwatch.Interactions.Reading;

namespace Stillwatch.Store.Ingestion;

/// <summary>One reading of logs into a store.</summary>
internal sealed class LogIngest(StoreWriter writer, IReadOnlyList<InputFile> inputs, TimeProvider time, IProgress<IngestSnapshot>? progress)
{
    private readonly InputFaults _faults = new(writer.Options.Strict);
    private readonly ReaderOptions _reader = writer.Options.Reader;
    private readonly long? _totalBytes = TotalOf(inputs);
    private InputFile? _file;
    private int _files;
    private long _finishedBytes;
    private long _fileBytes;

    /// <summary>Reads all.</summary>
    public async Task<IngestSummary> RunAsync(CancellationToken cancellationToken)
    {
        var chunks = new ChunkReader(_reader, _faults, new ParquetRows(writer.Engine)).Read(inputs).ToAsyncEnumerable();
        var totals = await writer.WriteAsync(chunks, NewEncoder, Report, cancellationToken).ConfigureAwait(false);
        return new(inputs.Count, Bytes, totals.Interactions, totals.Stored, totals.Duplicates, _faults.Snapshot(), totals.LastBatch);
    }

    private long Bytes => _finishedBytes + _fileBytes;

    private static long? TotalOf(IReadOnlyList<InputFile> inputs) =>
        inputs.All(static input => input.Length is not null) ? inputs.Sum(static input => input.Length) : null;

    private RecordChunkEncoder NewEncoder(InteractionEncoder encoder) => new(new(_reader, _faults, time), encoder);

    private void Report(RecordChunk chunk, WriteTotals totals)
    {
        if (chunk.File != _file)
        {
            (_file, _files, _finishedBytes) = (chunk.File, _files + 1, Bytes);
        }

        _fileBytes = Math.Min(chunk.StoredBytes, chunk.File.Length ?? long.MaxValue);
        var rejected = _faults.Snapshot().Rejected.Total;
        progress?.Report(new(
            _files, inputs.Count, Bytes, _totalBytes, totals.Interactions, totals.Stored, totals.Duplicates, rejected));
    }
}
