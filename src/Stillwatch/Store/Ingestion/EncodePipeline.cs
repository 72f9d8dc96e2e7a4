using System.Threading.Channels;

namespace Stillwatch.Store.Ingestion;

/// <summary>
/// Encodes chunks on several threads and hands the rows over in the order of the chunks, so that the outcome does not depend on how many
/// threads there are.
/// </summary>
/// <remarks>Memory: at most three chunks a worker are on their way, whatever the input's size.</remarks>
/// <param name="newEncoder">Makes the encoder of one worker.</param>
/// <param name="workers">How many threads encode.</param>
internal sealed class EncodePipeline<TChunk>(Func<IChunkEncoder<TChunk>> newEncoder, int workers)
{
    private const int ChunksAWorker = 3;

    /// <summary>Runs until the chunks end.</summary>
    /// <param name="chunks">Read on a thread of its own.</param>
    /// <param name="take">Takes the rows of one chunk after the other; they are reused once it returns.</param>
    /// <param name="cancellationToken">Ends the run between two chunks.</param>
    public async Task RunAsync(
        IAsyncEnumerable<TChunk> chunks, Func<TChunk, EncodedRows, ValueTask> take, CancellationToken cancellationToken)
    {
        using var pool = new EncodedRowsPool();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var work = Channel.CreateBounded<Job>(workers * ChunksAWorker);
        var ordered = Channel.CreateBounded<Job>(workers * ChunksAWorker);
        List<Task> tasks = [Task.Run(() => ProduceAsync(chunks, work.Writer, ordered.Writer, stop.Token), CancellationToken.None)];
        tasks.AddRange(Enumerable.Range(0, workers).Select(_ => Task.Run(() => WorkAsync(work.Reader, pool), CancellationToken.None)));
        try
        {
            await ConsumeAsync(ordered.Reader, take, pool, stop.Token).ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(tasks).ConfigureAwait(false);
        }
    }

    /// <summary>Never fails: what goes wrong is met by the consumer, after the chunks before it.</summary>
    private static async Task ProduceAsync(
        IAsyncEnumerable<TChunk> chunks, ChannelWriter<Job> work, ChannelWriter<Job> ordered, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            await foreach (var chunk in chunks.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                var job = new Job(chunk);
                await ordered.WriteAsync(job, cancellationToken).ConfigureAwait(false);
                await work.WriteAsync(job, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            failure = e;
        }

        work.Complete();
        ordered.Complete(failure);
    }

    private async Task WorkAsync(ChannelReader<Job> work, EncodedRowsPool pool)
    {
        var encoder = newEncoder();
        await foreach (var job in work.ReadAllAsync().ConfigureAwait(false))
        {
            var rows = pool.Rent();
            try
            {
                encoder.Encode(job.Chunk, rows);
                job.Rows.SetResult(rows);
            }
            catch (Exception e)
            {
                job.Rows.SetException(e);
            }
        }
    }

    private static async Task ConsumeAsync(
        ChannelReader<Job> ordered, Func<TChunk, EncodedRows, ValueTask> take, EncodedRowsPool pool, CancellationToken cancellationToken)
    {
        await foreach (var job in ordered.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            var rows = await job.Rows.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            await take(job.Chunk, rows).ConfigureAwait(false);
            pool.Return(rows);
        }
    }

    private sealed record Job(TChunk Chunk)
    {
        public TaskCompletionSource<EncodedRows> Rows { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
