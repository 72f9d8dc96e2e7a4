using System.Threading.Channels;
using Stillwatch.Evidence.Merkle;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.Storage;
using Stillwatch.Evidence.TransparencyLog.Tiles;

namespace Stillwatch.Evidence.TransparencyLog;

/// <summary>Appends entries to a log in a directory (C2SP tlog-tiles). One writer at a time; readers need no leave.</summary>
/// <remarks>
/// Appends from any number of callers are gathered while the disk is busy with those before, and become durable together in one write
/// of the journal. An append ends then; readers see it under a published checkpoint a little later
/// (<see cref="LogOptions.PublishAfter"/>), or once <see cref="PublishAsync"/> or <see cref="DisposeAsync"/> has ended. After a failed
/// write the log stops (<see cref="LogStoppedException"/>): evidence fails closed.
/// </remarks>
public sealed class LogWriter : IAsyncDisposable
{
    /// <summary>How long a writer waits for another to give the log back: a step or a disclosure takes less than a second.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly LogDirectory _directory;
    private readonly LogLock _lock;
    private readonly NoteSigningKey _key;
    private readonly LogOptions _options;
    private readonly Channel<PendingAppend> _queue;
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _appended = new(0);
    private readonly SemaphoreSlim _publication = new(1);
    private readonly Task _appending;
    private readonly Task _publishing;

    /// <summary>Guards the tree, the journal and the latest checkpoint.</summary>
    private readonly Lock _state = new();
    private readonly GrowingTree _tree;
    private SignedCheckpoint _latest;
    private bool _isTorn;

    private PendingAppend? _overflow;
    private volatile SignedCheckpoint _published;
    private volatile Exception? _failure;

    private LogWriter(LogDirectory directory, LogLock taken, NoteSigningKey key, LogOptions options)
    {
        _directory = directory;
        _lock = taken;
        _key = key;
        _options = options;
        (_latest, _tree) = directory.Recover(key.VerifierKey, options.KeepPartialTiles);
        _published = _latest;
        _queue = Channel.CreateBounded<PendingAppend>(new BoundedChannelOptions(options.MaxQueuedAppends) { SingleReader = true });
        _appending = Task.Run(AppendWhatComesAsync);
        _publishing = Task.Run(PublishWhatWasAppendedAsync);
    }

    /// <summary>The latest published checkpoint.</summary>
    public SignedCheckpoint Checkpoint => _published;

    /// <summary>Entries that are durable, published or not.</summary>
    public ulong Size
    {
        get
        {
            lock (_state)
            {
                return _latest.Checkpoint.Size;
            }
        }
    }

    /// <summary>Makes an empty log and opens it.</summary>
    /// <param name="directory">A directory that holds no log; made if it does not exist.</param>
    /// <param name="key">The log's key, whose name becomes the origin. It stays the caller's.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="files">Null for the disk.</param>
    /// <exception cref="InvalidDataException">There is a log already.</exception>
    public static LogWriter Create(string directory, NoteSigningKey key, LogOptions? options = null, IFileOperations? files = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        Directory.CreateDirectory(directory);
        var log = new LogDirectory(directory, files ?? DiskFiles.Instance);
        return Open(log, key, options, () =>
        {
            if (log.Exists)
            {
                throw new InvalidDataException($"{directory} holds a log already.");
            }

            log.Publish(SignedCheckpoint.Sign(new(key.VerifierKey.Name, 0, Rfc6962.Empty), key), [], keepPartialTiles: true);
        });
    }

    /// <summary>Opens a log, and publishes what a killed writer had acknowledged.</summary>
    /// <exception cref="InvalidDataException">There is no log, or it is not whole, or it is not this key's.</exception>
    /// <exception cref="LogBusyException">Another writer has it.</exception>
    public static LogWriter Open(string directory, NoteSigningKey key, LogOptions? options = null, IFileOperations? files = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        var log = new LogDirectory(directory, files ?? DiskFiles.Instance);
        return log.Exists ? Open(log, key, options, static () => { }) : throw new InvalidDataException($"{directory} holds no log.");
    }

    /// <summary>Opens a log, waiting while another writer has it.</summary>
    /// <param name="directory">The log.</param>
    /// <param name="key">Its key.</param>
    /// <param name="patience">How long to wait; null for <see cref="Patience"/>.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="InvalidDataException">There is no log, or it is not whole, or it is not this key's.</exception>
    /// <exception cref="LogBusyException">Another writer still has it.</exception>
    public static async Task<LogWriter> OpenWaitingAsync(
        string directory, NoteSigningKey key, TimeSpan? patience = null, CancellationToken cancellation = default)
    {
        var interval = TimeSpan.FromMilliseconds(20);
        for (var waited = TimeSpan.Zero; ; waited += interval)
        {
            try
            {
                return Open(directory, key);
            }
            catch (LogBusyException) when (waited < (patience ?? Patience))
            {
                await Task.Delay(interval, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Appends one entry.</summary>
    /// <returns>Where the entry is, once it is durable.</returns>
    /// <exception cref="LogStoppedException">A write failed; the entry may or may not be in the log.</exception>
    public Task<ulong> AppendAsync(ReadOnlyMemory<byte> entry, CancellationToken cancellation = default) =>
        AppendAsync([entry], cancellation);

    /// <summary>Appends entries one after the other, all of them or none.</summary>
    /// <param name="entries">1 to <see cref="LogOptions.MaxBatchEntries"/> of at most 65,535 bytes each.</param>
    /// <param name="cancellation">Ends the wait for a place in the queue; entries that have one are appended.</param>
    /// <returns>Where the first of them is.</returns>
    /// <exception cref="LogStoppedException">A write failed; the entries may or may not be in the log.</exception>
    public async Task<ulong> AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> entries, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentOutOfRangeException.ThrowIfZero(entries.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(entries.Count, _options.MaxBatchEntries);
        foreach (var entry in entries)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(entry.Length, EntryBundle.MaxEntryBytes);
        }

        var pending = new PendingAppend(entries);
        try
        {
            await _queue.Writer.WriteAsync(pending, cancellation).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw Stopped();
        }

        return await pending.FirstIndex.Task.ConfigureAwait(false);
    }

    /// <summary>Ends once everything that was acknowledged before is under a published checkpoint.</summary>
    /// <exception cref="LogStoppedException">A write failed; what was acknowledged is durable, and published when the log is
    /// opened.</exception>
    public async Task PublishAsync()
    {
        await _publication.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_failure is not null)
            {
                throw Stopped();
            }

            await Task.Run(Publish).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not LogStoppedException)
        {
            Stop(failure);
            throw Stopped();
        }
        finally
        {
            _publication.Release();
        }
    }

    /// <summary>Appends what waits, publishes it, then gives the log to the next writer.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _appending.ConfigureAwait(false);
        await _closing.CancelAsync().ConfigureAwait(false);
        await _publishing.ConfigureAwait(false);
        _lock.Dispose();
        _closing.Dispose();
        _appended.Dispose();
        _publication.Dispose();
    }

    private static LogWriter Open(LogDirectory log, NoteSigningKey key, LogOptions? options, Action begin)
    {
        log.Prepare();
        var taken = LogLock.Take(log.LockPath);
        try
        {
            begin();
            return new(log, taken, key, options ?? new());
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    private async Task AppendWhatComesAsync()
    {
        while (_overflow is not null || await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            var batch = TakeBatch();
            try
            {
                var first = AppendDurably(batch);
                foreach (var pending in batch)
                {
                    pending.FirstIndex.SetResult(first);
                    first += (ulong)pending.Entries.Count;
                }

                _appended.Release();
                if (_directory.Journal.IsFull)
                {
                    await PublishAsync().ConfigureAwait(false);
                }
            }
            catch (Exception failure)
            {
                Stop(failure);
                Refuse(batch);
                return;
            }
        }
    }

    /// <summary>Publishes from time to time, and in the end. What fails stops the log; what was acknowledged is in the journal.</summary>
    private async Task PublishWhatWasAppendedAsync()
    {
        try
        {
            while (!_closing.IsCancellationRequested)
            {
                await WaitAsync().ConfigureAwait(false);
                await PublishAsync().ConfigureAwait(false);
            }

            await PublishAsync().ConfigureAwait(false);
        }
        catch (LogStoppedException)
        {
        }
    }

    /// <summary>Ends some time after an append, or at once when the log is closed.</summary>
    private async Task WaitAsync()
    {
        try
        {
            await _appended.WaitAsync(_closing.Token).ConfigureAwait(false);
            await Task.Delay(_options.PublishAfter, _closing.Token).ConfigureAwait(false);
            while (_appended.CurrentCount > 0)
            {
                await _appended.WaitAsync(_closing.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>What waits, up to the bound; an append that no longer fits is the first of the next batch.</summary>
    private List<PendingAppend> TakeBatch()
    {
        var batch = new List<PendingAppend>();
        var entries = 0;
        while (_overflow is not null || _queue.Reader.TryRead(out _overflow))
        {
            if (batch.Count > 0 && entries + _overflow.Entries.Count > _options.MaxBatchEntries)
            {
                break;
            }

            entries += _overflow.Entries.Count;
            batch.Add(_overflow);
            _overflow = null;
        }

        return batch;
    }

    /// <summary>Where the first entry of a batch is, once all of them are on the disk.</summary>
    private ulong AppendDurably(List<PendingAppend> batch)
    {
        lock (_state)
        {
            if (_failure is not null)
            {
                throw Stopped();
            }

            // Until the journal has them, nothing of what the tree takes here may be published.
            _isTorn = true;
            var first = _tree.Size;
            foreach (var entry in batch.SelectMany(pending => pending.Entries))
            {
                _tree.Append(entry.Span);
            }

            var checkpoint = SignedCheckpoint.Sign(new(_key.VerifierKey.Name, _tree.Size, _tree.Root), _key);
            _directory.Journal.Append(checkpoint, batch.SelectMany(pending => pending.Entries));
            _latest = checkpoint;
            _isTorn = false;
            return first;
        }
    }

    /// <summary>Publishes what is durable; one at a time, because the journal has two files.</summary>
    private void Publish()
    {
        IReadOnlyList<TileFile> files;
        SignedCheckpoint latest;
        lock (_state)
        {
            latest = _latest;
            if (_isTorn || latest == _published)
            {
                return;
            }

            files = _tree.TakeFiles();
            _directory.Journal.TakeTurn();
        }

        _directory.Publish(latest, files, _options.KeepPartialTiles);
        _published = latest;
    }

    private void Stop(Exception failure)
    {
        _failure ??= failure;
        _queue.Writer.TryComplete();
        _closing.Cancel();
    }

    private void Refuse(List<PendingAppend> batch)
    {
        batch.ForEach(pending => pending.FirstIndex.TrySetException(Stopped()));
        _overflow?.FirstIndex.SetException(Stopped());
        while (_queue.Reader.TryRead(out var waiting))
        {
            waiting.FirstIndex.SetException(Stopped());
        }
    }

    private Exception Stopped() => _failure is null
        ? new ObjectDisposedException(nameof(LogWriter))
        : new LogStoppedException(
            $"The log {_directory.Root} stopped: {_failure.Message} Mend that and run again: opening it completes or drops what was begun.",
            _failure);

    /// <summary>Entries that wait for their place.</summary>
    private sealed class PendingAppend(IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        public IReadOnlyList<ReadOnlyMemory<byte>> Entries { get; } = entries;

        public TaskCompletionSource<ulong> FirstIndex { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
