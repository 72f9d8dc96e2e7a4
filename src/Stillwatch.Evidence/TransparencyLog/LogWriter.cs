using System.Threading.Channels;
using Stillwatch.Evidence.Merkle;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog.Storage;
using Stillwatch.Evidence.TransparencyLog.Tiles;

namespace Stillwatch.Evidence.TransparencyLog;

/// <summary>Appends entries to a log in a directory (C2SP tlog-tiles). One writer at a time; readers need no leave.</summary>
/// <remarks>
/// Appends from any number of callers are gathered while the disk is busy with those before, and become durable together under one
/// checkpoint. An append ends only when that checkpoint is published and on the disk. After a failed write the log stops
/// (<see cref="LogStoppedException"/>): evidence fails closed.
/// </remarks>
public sealed class LogWriter : IAsyncDisposable
{
    private readonly LogDirectory _directory;
    private readonly LogLock _lock;
    private readonly NoteSigningKey _key;
    private readonly LogOptions _options;
    private readonly GrowingTree _tree;
    private readonly Channel<PendingAppend> _queue;
    private readonly Task _loop;
    private PendingAppend? _overflow;
    private volatile SignedCheckpoint _checkpoint;
    private volatile Exception? _failure;

    private LogWriter(LogDirectory directory, LogLock taken, NoteSigningKey key, LogOptions options)
    {
        _directory = directory;
        _lock = taken;
        _key = key;
        _options = options;
        (_checkpoint, _tree) = directory.Recover(key.VerifierKey, options.MaxBatchEntries);
        _queue = Channel.CreateBounded<PendingAppend>(new BoundedChannelOptions(options.MaxQueuedAppends) { SingleReader = true });
        _loop = Task.Run(RunAsync);
    }

    /// <summary>The latest published checkpoint.</summary>
    public SignedCheckpoint Checkpoint => _checkpoint;

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

            log.Commit(SignedCheckpoint.Sign(new(key.VerifierKey.Name, 0, Rfc6962.Empty), key));
        });
    }

    /// <summary>Opens a log, and completes what a killed writer had decided.</summary>
    /// <exception cref="InvalidDataException">There is no log, or it is not whole, or it is not this key's.</exception>
    /// <exception cref="IOException">Another writer has it.</exception>
    public static LogWriter Open(string directory, NoteSigningKey key, LogOptions? options = null, IFileOperations? files = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        var log = new LogDirectory(directory, files ?? DiskFiles.Instance);
        return log.Exists ? Open(log, key, options, static () => { }) : throw new InvalidDataException($"{directory} holds no log.");
    }

    /// <summary>Appends one entry.</summary>
    /// <returns>Where the entry is, once it is durable and covered by a published checkpoint.</returns>
    /// <exception cref="LogStoppedException">A write failed; the entry may or may not be in the log.</exception>
    public Task<ulong> AppendAsync(ReadOnlyMemory<byte> entry, CancellationToken cancellation = default) =>
        AppendAsync([entry], cancellation);

    /// <summary>Appends entries one after the other, all under one checkpoint or none.</summary>
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

    /// <summary>Appends what waits, then gives the log to the next writer.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
        _lock.Dispose();
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

    private async Task RunAsync()
    {
        while (_overflow is not null || await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            var batch = TakeBatch();
            var first = _tree.Size;
            try
            {
                AppendDurably(batch);
            }
            catch (Exception failure)
            {
                Stop(failure, batch);
                return;
            }

            foreach (var pending in batch)
            {
                pending.FirstIndex.SetResult(first);
                first += (ulong)pending.Entries.Count;
            }
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

    private void AppendDurably(List<PendingAppend> batch)
    {
        foreach (var entry in batch.SelectMany(pending => pending.Entries))
        {
            _tree.Append(entry.Span);
        }

        var files = _tree.TakeFiles();
        var checkpoint = SignedCheckpoint.Sign(new(_key.VerifierKey.Name, _tree.Size, _tree.Root), _key);
        _directory.WriteTiles(files);
        _directory.Commit(checkpoint);
        _directory.Publish(checkpoint);
        _checkpoint = checkpoint;
        if (!_options.KeepPartialTiles)
        {
            _directory.RemovePartials(files);
        }
    }

    private void Stop(Exception failure, List<PendingAppend> batch)
    {
        _failure = failure;
        _queue.Writer.TryComplete();
        batch.ForEach(pending => pending.FirstIndex.SetException(Stopped()));
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
