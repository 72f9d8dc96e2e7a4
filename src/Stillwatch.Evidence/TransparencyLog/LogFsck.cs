using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.Storage;
using Stillwatch.Evidence.TransparencyLog.Tiles;

namespace Stillwatch.Evidence.TransparencyLog;

/// <summary>Checks a whole log: derives every tile and the root again from the bundles, and compares.</summary>
/// <remarks>
/// Takes no lock and writes nothing. Files beyond the checkpoint, which a writer at work or a killed one has left, are not looked at.
/// Memory is bounded by one tile a level and one bundle.
/// </remarks>
public sealed class LogFsck
{
    /// <summary>Faults that are listed; the check ends there.</summary>
    public const int MaxFaults = 100;

    private readonly string _directory;
    private readonly IFileOperations _files;
    private readonly List<FsckFault> _faults = [];
    private long _compared;

    private LogFsck(string directory, IFileOperations files)
    {
        _directory = Path.GetFullPath(directory);
        _files = files;
    }

    /// <summary>Checks a log.</summary>
    /// <param name="directory">The log.</param>
    /// <param name="key">Its key.</param>
    /// <param name="files">Null for the disk.</param>
    /// <param name="cancellation">Ends the check between two bundles.</param>
    public static FsckReport Run(
        string directory, NoteVerifierKey key, IFileOperations? files = null, CancellationToken cancellation = default) =>
        new LogFsck(directory, files ?? DiskFiles.Instance).Run(key, cancellation);

    private FsckReport Run(NoteVerifierKey key, CancellationToken cancellation)
    {
        var log = new LogDirectory(_directory, _files);
        var checkpoint = Try("checkpoint", () => log.ReadCheckpoint(key));
        if (checkpoint is null)
        {
            return new(null, 0, 0, _faults);
        }

        var tree = Derive(log.Tiles(checkpoint.Checkpoint.Size), cancellation);
        if (_faults.Count == 0 && tree.Root != checkpoint.Checkpoint.Root)
        {
            _faults.Add(new("checkpoint", $"its root is {checkpoint.Checkpoint.Root}, the entries give {tree.Root}."));
        }

        return new(checkpoint, tree.Size, _compared, _faults) { Unpublished = Unpublished(log, key, tree.Size) };
    }

    /// <summary>Entries of the journal that follow the tree; a writer at work may just have published some of them.</summary>
    private static ulong Unpublished(LogDirectory log, NoteVerifierKey key, ulong size) =>
        log.Journal.Read(size, key).Aggregate(size, static (end, record) => record.Start <= end ? Math.Max(end, record.End) : end) - size;

    private GrowingTree Derive(TileStore tiles, CancellationToken cancellation)
    {
        var tree = new GrowingTree();
        for (ulong bundle = 0; bundle * TilePath.FullWidth < tiles.Size && _faults.Count < MaxFaults; bundle++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Try(TilePath.OfEntries(bundle, TilePath.FullWidth), () => tiles.Entries(bundle)) is not { } entries)
            {
                // Without these entries, nothing above and to the right of them can be derived.
                break;
            }

            foreach (var entry in entries)
            {
                tree.Append(entry.Span);
            }

            tree.TakeFull().ForEach(Compare);
        }

        tree.Edge().ForEach(Compare);
        return tree;
    }

    /// <summary>Compares one file and the partial forms of it; those wider than the tree are not of this checkpoint.</summary>
    private void Compare(TileFile file)
    {
        Judge(file.Path, Read(file.Path) ?? Prefix(Read(file.FullPath), file.Content.Length), file.Content);
        var partials = TilePath.Partials(file.FullPath);
        foreach (var name in _files.List(Path.Combine(_directory, partials)))
        {
            var path = $"{partials}/{name}";
            if (Checkpoint.ParseDecimal(name) is not (> 0 and < TilePath.FullWidth and var width))
            {
                _faults.Add(new(path, "it has no width that a partial tile can have."));
            }
            else if (width < (ulong)file.Width)
            {
                Judge(path, Read(path), file.Prefix((int)width));
            }
        }
    }

    private void Judge(string path, ReadOnlySpan<byte> found, ReadOnlySpan<byte> derived)
    {
        _compared++;
        if (!found.SequenceEqual(derived))
        {
            _faults.Add(new(path, found.IsEmpty ? "it is missing or empty." : "it is not what the entries give."));
        }
    }

    /// <summary>A partial tile may have been replaced by the full one since the checkpoint was read.</summary>
    private static byte[]? Prefix(byte[]? full, int length) => full?[..Math.Min(length, full.Length)];

    private byte[]? Read(string path) => Try(path, () => _files.Read(Path.Combine(_directory, path), EntryBundle.MaxBytes));

    private T? Try<T>(string path, Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            _faults.Add(new(path, fault.Message));
            return default;
        }
    }
}
