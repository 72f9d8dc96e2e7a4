using Stillwatch.Evidence.Merkle;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.Storage;
using Stillwatch.Evidence.TransparencyLog.Proofs;
using Stillwatch.Evidence.TransparencyLog.Tiles;

namespace Stillwatch.Evidence.TransparencyLog;

/// <summary>Reads a log as it was under one checkpoint; what is appended meanwhile is not seen, and no lock is taken.</summary>
/// <remarks>
/// Everything that leaves this type has been checked against the checkpoint, and that against the log's key. Not thread-safe.
/// </remarks>
public sealed class LogReader
{
    private readonly TileStore _tiles;

    private LogReader(SignedCheckpoint checkpoint, TileStore tiles)
    {
        Checkpoint = checkpoint;
        _tiles = tiles;
    }

    /// <summary>The checkpoint under which the log is read.</summary>
    public SignedCheckpoint Checkpoint { get; }

    /// <summary>Entries under it.</summary>
    public ulong Size => Checkpoint.Checkpoint.Size;

    /// <summary>Opens a log at its latest checkpoint, whose root is checked against the right edge of the tree.</summary>
    /// <exception cref="InvalidDataException">There is no log, it is not this key's, or its tiles do not make up its tree.</exception>
    public static LogReader Open(string directory, NoteVerifierKey key, IFileOperations? files = null)
    {
        var log = new LogDirectory(directory, files ?? DiskFiles.Instance);
        return Open(log, log.ReadCheckpoint(key));
    }

    /// <summary>Opens a log at a checkpoint of it that is known, perhaps one with cosignatures, perhaps an older one.</summary>
    /// <exception cref="InvalidDataException">The log's tiles do not make up this tree.</exception>
    public static LogReader OpenAt(string directory, SignedCheckpoint checkpoint, IFileOperations? files = null) =>
        Open(new LogDirectory(directory, files ?? DiskFiles.Instance), checkpoint);

    /// <summary>One entry.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such entry under this checkpoint.</exception>
    /// <exception cref="InvalidDataException">The entry is not the one that the tree has hashed.</exception>
    public ReadOnlyMemory<byte> Entry(ulong index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Size);
        var entry = _tiles.Entries(index / TilePath.FullWidth)[(int)(index % TilePath.FullWidth)];
        Prove(index, entry);
        return entry;
    }

    /// <summary>All entries from one on, each with its index. The caller compares what it makes of them with the root.</summary>
    /// <exception cref="InvalidDataException">A bundle is missing, or its entries are not those of its tile.</exception>
    public IEnumerable<(ulong Index, ReadOnlyMemory<byte> Entry)> Entries(ulong from = 0)
    {
        for (var bundle = from / TilePath.FullWidth; bundle * TilePath.FullWidth < Size; bundle++)
        {
            var entries = _tiles.Entries(bundle);
            var hashes = _tiles.Hashes(0, bundle);
            for (var i = 0; i < entries.Count; i++)
            {
                var index = (bundle * TilePath.FullWidth) + (ulong)i;
                if (Rfc6962.Leaf(entries[i].Span) != hashes[i])
                {
                    throw new InvalidDataException($"Entry {index} is not the one that its tile has hashed: run 'stillwatch log fsck'.");
                }

                if (index >= from)
                {
                    yield return (index, entries[i]);
                }
            }
        }
    }

    /// <summary>A proof that an entry is in the log, to be verified by whoever has the log's key.</summary>
    /// <exception cref="InvalidDataException">The log is damaged: its tiles do not lead from this entry to the root.</exception>
    public TlogProof Prove(ulong index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Size);
        return Prove(index, _tiles.Entries(index / TilePath.FullWidth)[(int)(index % TilePath.FullWidth)]);
    }

    /// <summary>The root that the log had at an earlier size.</summary>
    public MerkleHash RootAt(ulong size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        return MerkleProofs.Root(_tiles, size);
    }

    /// <summary>A proof that the log at an earlier size is the beginning of this one; empty from size 0.</summary>
    /// <exception cref="InvalidDataException">The log is damaged.</exception>
    public IReadOnlyList<MerkleHash> ProveConsistency(ulong oldSize)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, Size);
        var proof = MerkleProofs.Consistency(_tiles, oldSize, Size);
        if (oldSize > 0 && !MerkleVerifier.Consistency(oldSize, Size, RootAt(oldSize), Checkpoint.Checkpoint.Root, proof))
        {
            throw new InvalidDataException($"The tiles do not lead from size {oldSize} to the root: run 'stillwatch log fsck'.");
        }

        return proof;
    }

    private static LogReader Open(LogDirectory log, SignedCheckpoint checkpoint)
    {
        var (size, root) = (checkpoint.Checkpoint.Size, checkpoint.Checkpoint.Root);
        var tiles = log.Tiles(size);
        var computed = CompactRange.Of(size, tiles).Root;
        return computed == root
            ? new(checkpoint, tiles)
            : throw new InvalidDataException($"The tiles give the root {computed} for {size} entries, the checkpoint {root}.");
    }

    private TlogProof Prove(ulong index, ReadOnlyMemory<byte> entry)
    {
        var proof = MerkleProofs.Inclusion(_tiles, index, Size);
        return MerkleVerifier.Inclusion(index, Size, Rfc6962.Leaf(entry.Span), proof, Checkpoint.Checkpoint.Root)
            ? new TlogProof(index, proof, Checkpoint)
            : throw new InvalidDataException($"The tiles do not lead from entry {index} to the root: run 'stillwatch log fsck'.");
    }
}
