using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.Storage;
using Stillwatch.Evidence.TransparencyLog;

namespace Stillwatch.Evidence.Decisions;

/// <summary>Reads the state of decisions from a log: from a snapshot if there is one that fits, and from the entries after it.</summary>
public sealed class DecisionLog
{
    private readonly string _directory;
    private readonly IFileOperations _files;
    private readonly SignedSnapshot _snapshot;

    /// <summary>Names a log.</summary>
    public DecisionLog(string directory, IFileOperations? files = null)
    {
        _directory = Path.GetFullPath(directory);
        _files = files ?? DiskFiles.Instance;
        _snapshot = new(_directory, DecisionSnapshot.Name, _files);
    }

    /// <summary>The state under the latest checkpoint.</summary>
    /// <param name="key">The log's key.</param>
    /// <param name="useSnapshot">False folds every entry.</param>
    /// <param name="cancellation">Ends the fold.</param>
    /// <exception cref="InvalidDataException">The log is damaged: its entries do not give its root.</exception>
    public DecisionState Read(NoteVerifierKey key, bool useSnapshot = true, CancellationToken cancellation = default) =>
        Fold(LogReader.Open(_directory, key, _files), useSnapshot ? key : null, out _, cancellation);

    /// <summary>Keeps a state for the next start, signed as the log.</summary>
    public void Keep(DecisionState state, NoteSigningKey key)
    {
        ArgumentNullException.ThrowIfNull(state);
        _snapshot.Keep(state.Size, state.Root, DecisionSnapshot.Content(state), key);
    }

    /// <summary>Keeps the present state, if many entries came after the snapshot that is there.</summary>
    /// <returns>Whether it was kept.</returns>
    public bool KeepIfWorthwhile(NoteSigningKey key, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        var state = Fold(LogReader.Open(_directory, key.VerifierKey, _files), key.VerifierKey, out var begun, cancellation);
        if (state.Size - begun < SignedSnapshot.Worthwhile)
        {
            return false;
        }

        Keep(state, key);
        return true;
    }

    /// <param name="log">The log.</param>
    /// <param name="snapshotKey">Who must have signed the snapshot; null to use none.</param>
    /// <param name="begun">The size that the snapshot was of; 0 without one.</param>
    /// <param name="cancellation">Ends the fold.</param>
    private DecisionState Fold(LogReader log, NoteVerifierKey? snapshotKey, out ulong begun, CancellationToken cancellation)
    {
        var kept = snapshotKey is not null && _snapshot.Read(log, snapshotKey) is var (size, root, content)
            ? DecisionSnapshot.State(size, root, content)
            : null;
        var state = kept ?? new();
        begun = state.Size;
        foreach (var (_, entry) in log.Entries(begun))
        {
            cancellation.ThrowIfCancellationRequested();
            state.Apply(entry);
        }

        return state.Root == log.Checkpoint.Checkpoint.Root
            ? state
            : throw new InvalidDataException("The entries do not give the root of the checkpoint: run 'stillwatch log fsck'.");
    }
}
