using System.Threading.Channels;

namespace Stillwatch.Benchmarks.Evidence;

/// <summary>
/// What a rival gets of the log's own gathering: whatever waits, up to <see cref="MaxBatch"/> entries, becomes one transaction, and an
/// append ends once its transaction is on the disk.
/// </summary>
internal abstract class BatchedAppender : IAsyncDisposable
{
    private const int MaxBatch = 8192;

    private readonly Channel<(byte[] Entry, TaskCompletionSource Done)> _queue = Channel.CreateUnbounded<(byte[], TaskCompletionSource)>();
    private Task _loop = Task.CompletedTask;

    public Task AppendAsync(byte[] entry)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Writer.TryWrite((entry, done));
        return done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.Complete();
        await _loop;
        Close();
    }

    /// <summary>Stores entries in one transaction; on return they are on the disk.</summary>
    protected abstract void Commit(IReadOnlyList<byte[]> entries);

    /// <summary>Gives everything back.</summary>
    protected abstract void Close();

    /// <summary>To be called once the rival is ready.</summary>
    protected void Begin() => _loop = Task.Run(RunAsync);

    private async Task RunAsync()
    {
        var batch = new List<byte[]>();
        var waiting = new List<TaskCompletionSource>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < MaxBatch && _queue.Reader.TryRead(out var next))
            {
                batch.Add(next.Entry);
                waiting.Add(next.Done);
            }

            Commit(batch);
            waiting.ForEach(done => done.SetResult());
            batch.Clear();
            waiting.Clear();
        }
    }
}
