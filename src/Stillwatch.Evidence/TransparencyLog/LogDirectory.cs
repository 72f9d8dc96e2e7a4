using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog.Storage;
using Stillwatch.Evidence.TransparencyLog.Tiles;

namespace Stillwatch.Evidence.TransparencyLog;

/// <summary>Where the files of a log are, and the order in which they are written (docs/formats/transparency-log.md).</summary>
/// <remarks>
/// An append is four steps, each on the disk before the next begins: tiles and bundles, which no checkpoint names yet; the commit record,
/// which is the checkpoint that names them, where no reader looks; the checkpoint itself; the acknowledgement. So a published
/// checkpoint is never taken back by a loss of power, and what it names is always there.
/// </remarks>
internal sealed class LogDirectory
{
    private const string CheckpointName = "checkpoint";
    private const string StateName = ".stillwatch";

    private readonly DurableFiles _files;

    public LogDirectory(string directory, IFileOperations operations)
    {
        Root = Path.GetFullPath(directory);
        _files = new(operations, Root, Path.Combine(State, "temporary"));
    }

    public string Root { get; }

    public string LockPath => Path.Combine(State, "lock");

    private string State => Path.Combine(Root, StateName);

    private string CommitPath => Path.Combine(State, "commit");

    private string CheckpointPath => Path.Combine(Root, CheckpointName);

    private IFileOperations Operations => _files.Operations;

    /// <summary>Whether there is a log, finished or not.</summary>
    public bool Exists => Operations.Read(CheckpointPath, SignedNote.MaxBytes) is not null || ReadCommit() is not null;

    /// <summary>Makes the directories that a writer needs, the lock's among them.</summary>
    public void Prepare() => _files.Prepare();

    /// <summary>The published checkpoint.</summary>
    /// <exception cref="InvalidDataException">There is none, or it is not this log's.</exception>
    public SignedCheckpoint ReadCheckpoint(NoteVerifierKey key) => Open(Operations.Read(CheckpointPath, SignedNote.MaxBytes), key)
        ?? throw new InvalidDataException($"{CheckpointPath} is missing: this is no log.");

    /// <summary>The commit record; null if there is none.</summary>
    public SignedCheckpoint? ReadCommit(NoteVerifierKey key) => Open(ReadCommit(), key);

    public TileStore Tiles(ulong size) => new(Operations, Root, size);

    /// <summary>
    /// The state to go on from. An append that died after its commit record is completed; one that died before has left nothing but
    /// files that no checkpoint names, and these go.
    /// </summary>
    /// <param name="key">The log's key.</param>
    /// <param name="maxBatchEntries">How far beyond the tree to look for what a dead writer left.</param>
    public (SignedCheckpoint Checkpoint, GrowingTree Tree) Recover(NoteVerifierKey key, int maxBatchEntries)
    {
        _files.RemoveTemporary();
        var published = Open(Operations.Read(CheckpointPath, SignedNote.MaxBytes), key);
        var committed = ReadCommit(key);
        if (published?.Checkpoint.Size > committed?.Checkpoint.Size)
        {
            throw new InvalidDataException(
                $"{Root} has published {published.Checkpoint.Size} entries but committed {committed.Checkpoint.Size}: see log fsck.");
        }

        var latest = committed ?? published ?? throw new InvalidDataException($"{Root} holds no log.");
        var tree = GrowingTree.Load(Tiles(latest.Checkpoint.Size), latest.Checkpoint.Root);
        if (committed is null)
        {
            Commit(latest);
        }

        // The name may have been seen but not be on the disk, if the writer died in between.
        Operations.FlushDirectory(State);
        if (published?.Checkpoint != latest.Checkpoint)
        {
            Publish(latest);
        }

        Operations.FlushDirectory(Root);
        new UncommittedTiles(Operations, Root, latest.Checkpoint.Size).Remove(maxBatchEntries);
        return (latest, tree);
    }

    /// <summary>Writes what a batch of entries makes of the tree.</summary>
    public void WriteTiles(IReadOnlyList<TileFile> files) =>
        _files.Put([.. files.Select(file => (Path.Combine(Root, file.Path), file.Content))]);

    /// <summary>Decides that a checkpoint will be published.</summary>
    public void Commit(SignedCheckpoint checkpoint) => _files.Put(CommitPath, checkpoint.ToBytes());

    /// <summary>Shows a checkpoint to readers.</summary>
    public void Publish(SignedCheckpoint checkpoint) => _files.Put(CheckpointPath, checkpoint.ToBytes());

    /// <summary>Removes the partial forms of what is full now; that they are gone need not be on the disk.</summary>
    public void RemovePartials(IEnumerable<TileFile> files)
    {
        foreach (var partials in files.Where(file => file.IsFull).Select(file => Path.Combine(Root, TilePath.Partials(file.FullPath))))
        {
            if (Operations.DirectoryExists(partials))
            {
                Operations.List(partials).ToList().ForEach(name => Operations.Delete(Path.Combine(partials, name)));
                Operations.DeleteDirectory(partials);
            }
        }
    }

    private static SignedCheckpoint? Open(byte[]? note, NoteVerifierKey key) => note is null ? null : SignedCheckpoint.Open(note, key);

    private byte[]? ReadCommit() => Operations.Read(CommitPath, SignedNote.MaxBytes);
}
