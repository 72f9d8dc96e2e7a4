using Stillwatch.Evidence.Merkle;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Evidence.TransparencyLog.Storage;

namespace Stillwatch.Evidence.Decisions;

/// <summary>Reads the state of decisions from a log: from a snapshot if there is one that fits, and from the entries after it.</summary>
public sealed class DecisionLog
{
    private const string SnapshotName = "decisions.snapshot";

    private readonly string _directory;
    private readonly IFileOperations _files;

    /// <summary>Names a log.</summary>
    public DecisionLog(string directory, IFileOperations? files = null)
    {
        _directory = Path.GetFullPath(directory);
        _files = files ?? DiskFiles.Instance;
    }

    private string SnapshotPath => Path.Combine(_directory, ".stillwatch", SnapshotName);

    /// <summary>The state under the latest checkpoint.</summary>
    /// <param name="key">The log's key.</param>
    /// <param name="useSnapshot">False folds every entry.</param>
    /// <param name="cancellation">Ends the fold.</param>
    /// <exception cref="InvalidDataException">The log is damaged: its entries do not give its root.</exception>
    public DecisionState Read(NoteVerifierKey key, bool useSnapshot = true, CancellationToken cancellation = default)
    {
        var log = LogReader.Open(_directory, key, _files);
        var state = (useSnapshot ? ReadSnapshot(log, key) : null) ?? new();
        foreach (var (_, entry) in log.Entries(state.Size))
        {
            cancellation.ThrowIfCancellationRequested();
            state.Apply(entry);
        }

        return state.Root == log.Checkpoint.Checkpoint.Root
            ? state
            : throw new InvalidDataException("The entries do not give the root of the checkpoint: run 'stillwatch log fsck'.");
    }

    /// <summary>Keeps a state for the next start, signed as the log.</summary>
    public void Keep(DecisionState state, NoteSigningKey key)
    {
        var files = new DurableFiles(_files, _directory, Path.Combine(_directory, ".stillwatch", "snapshots"));
        files.Prepare();
        using var turn = LogLock.Take(Path.Combine(_directory, ".stillwatch", "snapshots.lock"));
        files.Put(SnapshotPath, DecisionSnapshot.Write(state, key));
    }

    private DecisionState? ReadSnapshot(LogReader log, NoteVerifierKey key) =>
        _files.Read(SnapshotPath, DecisionSnapshot.MaxBytes) is { } snapshot
        ? DecisionSnapshot.Read(snapshot, key, size => size <= log.Size ? log.RootAt(size) : (MerkleHash?)null)
        : null;
}
