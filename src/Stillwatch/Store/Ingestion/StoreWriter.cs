using Stillwatch.Interactions;
using Stillwatch.Store.Engine;

namespace Stillwatch.Store.Ingestion;

/// <summary>Encodes chunks of any kind on several threads and puts their rows into the store.</summary>
internal sealed class StoreWriter(ClickHouseEngine engine, WriterState state, ContentPolicy content, IngestOptions options)
{
    /// <summary>Where the rows go.</summary>
    public ClickHouseEngine Engine => engine;

    /// <summary>How to read and write.</summary>
    public IngestOptions Options => options;

    /// <summary>Writes all chunks.</summary>
    /// <param name="chunks">What to write, in order.</param>
    /// <param name="newEncoder">Makes the encoder of one worker around an encoder of interactions.</param>
    /// <param name="taken">Told of every chunk once its rows are in a block: the chunk, its rows, and what was written so far.</param>
    /// <param name="cancellationToken">Ends the writing; the block that is being written then is completed.</param>
    public async Task<WriteTotals> WriteAsync<TChunk>(
        IAsyncEnumerable<TChunk> chunks,
        Func<InteractionEncoder, IChunkEncoder<TChunk>> newEncoder,
        Action<TChunk, WriteTotals> taken,
        CancellationToken cancellationToken)
    {
        using var committer = new BlockCommitter(engine, state);
        var assembler = new BlockAssembler(committer, options, cancellationToken);
        await using (assembler.ConfigureAwait(false))
        {
            var interactions = 0L;
            var pipeline = new EncodePipeline<TChunk>(() => newEncoder(new(content)), options.Workers);
            await pipeline.RunAsync(chunks, TakeAsync, cancellationToken).ConfigureAwait(false);
            await assembler.CompleteAsync().ConfigureAwait(false);
            return Totals();

            async ValueTask TakeAsync(TChunk chunk, EncodedRows rows)
            {
                interactions += rows.Heads.Count;
                await assembler.AddAsync(rows).ConfigureAwait(false);
                taken(chunk, Totals());
            }

            WriteTotals Totals() => new(interactions, assembler.Stored, assembler.Duplicates, state.Batches.Last);
        }
    }
}
