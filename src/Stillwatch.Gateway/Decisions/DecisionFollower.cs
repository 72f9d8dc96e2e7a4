using Stillwatch.Evidence.Decisions;
using Stillwatch.Evidence.Merkle;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog;

namespace Stillwatch.Gateway.Decisions;

/// <summary>Hands every decision of a log on, in order and once: what is there, and what others append.</summary>
/// <remarks>
/// The system tells of a new checkpoint at once. Links that are switched, as in container volumes, and files of other machines give no
/// events that could be relied on, so it is looked at every 40 milliseconds as well, or every 10 where the system watches no more
/// directories. A log that cannot be read, or that is not the continuation of what was read, changes nothing: the last good state stays.
/// </remarks>
public sealed class DecisionFollower : IDisposable
{
    private const string CheckpointFile = "checkpoint";

    private static readonly TimeSpan Watched = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan Unwatched = TimeSpan.FromMilliseconds(10);

    private readonly Lock _gate = new();
    private readonly string _directory;
    private readonly NoteVerifierKey _key;
    private readonly Action<DecisionEntry> _apply;
    private readonly Action<Exception> _failed;
    private readonly string _checkpoint;
    private (DateTime, long) _seen;
    private ulong _size;
    private MerkleHash _root;
    private FileSystemWatcher? _watcher;
    private ITimer? _timer;

    /// <summary>Reads what is there.</summary>
    /// <param name="directory">The log.</param>
    /// <param name="key">Its key.</param>
    /// <param name="apply">Takes each decision; called by one thread at a time.</param>
    /// <param name="failed">Is told why the log could not be read, whenever that changes.</param>
    /// <exception cref="InvalidDataException">There is no log, it is not this key's, or it is damaged.</exception>
    public DecisionFollower(string directory, NoteVerifierKey key, Action<DecisionEntry> apply, Action<Exception> failed)
    {
        ArgumentNullException.ThrowIfNull(apply);
        (_directory, _key, _apply, _failed) = (directory, key, apply, failed);
        _checkpoint = Path.Combine(directory, CheckpointFile);
        _seen = Look();
        Read();
    }

    /// <summary>Begins to follow.</summary>
    public void Start(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        var every = TryWatch() ? Watched : Unwatched;
        _timer = time.CreateTimer(_ => Check(), null, every, every);
    }

    /// <summary>Reads what is new, if anything is.</summary>
    public void Check()
    {
        if (!_gate.TryEnter())
        {
            return;
        }

        try
        {
            if (Look() is var now && now != _seen)
            {
                _seen = now;
                Read();
            }
        }
        catch (Exception unreadable) when (unreadable is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            _failed(unreadable);
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _watcher?.Dispose();
        _timer?.Dispose();
    }

    private bool TryWatch()
    {
        try
        {
            _watcher = new(_directory, CheckpointFile) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite };
            _watcher.Changed += (_, _) => Check();
            _watcher.Created += (_, _) => Check();
            _watcher.Renamed += (_, _) => Check();
            _watcher.EnableRaisingEvents = true;
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            _watcher?.Dispose();
            _watcher = null;
            return false;
        }
    }

    private (DateTime, long) Look()
    {
        var file = new FileInfo(_checkpoint);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
    }

    private void Read()
    {
        var log = LogReader.Open(_directory, _key);
        if (log.Size < _size || (_size > 0 && log.RootAt(_size) != _root))
        {
            throw new InvalidDataException(
                $"{_directory} is not the continuation of what was read: it had {_size} entries. The state it had stays in force.");
        }

        foreach (var entry in DecisionEntries.Of(log, _size))
        {
            _apply(entry);
        }

        (_size, _root) = (log.Size, log.Checkpoint.Checkpoint.Root);
    }
}
