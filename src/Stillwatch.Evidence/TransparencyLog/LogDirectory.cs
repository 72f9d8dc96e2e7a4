using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.Storage;
using Stillwatch.Evidence.TransparencyLog.Tiles;

namespace Stillwatch.Evidence.TransparencyLog;

/// <summary>Where the files of a log are, and the order in which they are written (docs/formats/transparency-log.md).</summary>
/// <remarks>
/// An append is on the disk once the journal has it. Publication follows, each step on the disk before the next begins: tiles and
/// bundles, which no checkpoint names yet; the checkpoint. So what a published checkpoint names is always there, and a checkpoint
/// that a reader has seen can be made again from the journal whatever the loss of power took back.
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
        Journal = new(operations, State);
    }

    public string Root { get; }

    public string LockPath => Path.Combine(State, "lock");

    /// <summary>What was acknowledged and is not published.</summary>
    public Journal Journal { get; }

    private string State => Path.Combine(Root, StateName);

    private string CheckpointPath => Path.Combine(Root, CheckpointName);

    private IFileOperations Operations => _files.Operations;

    /// <summary>Whether there is a log.</summary>
    public bool Exists => Operations.Read(CheckpointPath, SignedNote.MaxBytes) is not null;

    /// <summary>Makes the directories that a writer needs, the lock's among them.</summary>
    public void Prepare() => _files.Prepare();

    /// <summary>The published checkpoint.</summary>
    /// <exception cref="InvalidDataException">There is none, or it is not this log's.</exception>
    public SignedCheckpoint ReadCheckpoint(NoteVerifierKey key) => Operations.Read(CheckpointPath, SignedNote.MaxBytes) is { } note
        ? SignedCheckpoint.Open(note, key)
        : throw new InvalidDataException($"{CheckpointPath} is missing: this is no log.");

    public TileStore Tiles(ulong size) => new(Operations, Root, size);

    /// <summary>The state to go on from: the published tree, and what the journal holds beyond it, which is published first.</summary>
    /// <param name="key">The log's key.</param>
    /// <param name="keepPartialTiles">Whether partial tiles stay once the full ones exist.</param>
    /// <exception cref="InvalidDataException">The log is damaged, or the journal lacks entries that were acknowledged.</exception>
    public (SignedCheckpoint Checkpoint, GrowingTree Tree) Recover(NoteVerifierKey key, bool keepPartialTiles)
    {
        _files.RemoveTemporary();
        var published = ReadCheckpoint(key);

        // The name may have been seen but not be on the disk, if the writer died in between.
        Operations.FlushDirectory(Root);
        var tree = GrowingTree.Load(Tiles(published.Checkpoint.Size), published.Checkpoint.Root);
        var latest = Journal.Read(published.Checkpoint.Size, key).Aggregate(published, (before, record) => Replay(tree, record) ?? before);
        if (tree.Size > published.Checkpoint.Size)
        {
            Publish(latest, tree.TakeFiles(), keepPartialTiles);
        }

        Journal.Prepare(_files);
        return (latest, tree);
    }

    /// <summary>Shows a checkpoint to readers.</summary>
    /// <param name="checkpoint">The checkpoint, which the journal has.</param>
    /// <param name="files">What the entries since the last one make of the tree.</param>
    /// <param name="keepPartialTiles">Whether partial tiles stay once the full ones exist.</param>
    public void Publish(SignedCheckpoint checkpoint, IReadOnlyList<TileFile> files, bool keepPartialTiles)
    {
        _files.Put([.. files.Select(file => (Path.Combine(Root, file.Path), file.Content))]);
        _files.Put(CheckpointPath, checkpoint.ToBytes());
        if (!keepPartialTiles)
        {
            RemovePartials(files);
        }
    }

    /// <summary>Adds a record to the tree; null if it is in it already.</summary>
    private SignedCheckpoint? Replay(GrowingTree tree, JournalRecord record)
    {
        if (record.End <= tree.Size)
        {
            return null;
        }

        if (record.Start != tree.Size)
        {
            throw new InvalidDataException(
                $"{Root}: the journal goes on at entry {record.Start}, but the log has {tree.Size}: acknowledged entries are missing.");
        }

        foreach (var entry in record.Entries)
        {
            tree.Append(entry.Span);
        }

        return tree.Root == record.After.Checkpoint.Root
            ? record.After
            : throw new InvalidDataException($"{Root}: the journal gives another root for {tree.Size} entries than it has signed.");
    }

    /// <summary>Removes the partial forms of what is full now; that they are gone need not be on the disk.</summary>
    private void RemovePartials(IEnumerable<TileFile> files)
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
}
