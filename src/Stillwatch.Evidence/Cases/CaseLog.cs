using System.Text;
using System.Text.Json;
using Stillwatch.Evidence.Decisions;
using Stillwatch.Evidence.Merkle;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.Storage;
using Stillwatch.Evidence.TransparencyLog;

namespace Stillwatch.Evidence.Cases;

/// <summary>Reads the cases of a log: from a snapshot if there is one that fits, and from the entries after it.</summary>
/// <remarks>
/// The snapshot holds the entries that are about cases, which are few among all, and the right edge of the tree; cases are folded from
/// them. Entries are read and hashed from the snapshot's size on only, and the root is compared with the checkpoint's.
/// </remarks>
internal sealed class CaseLog
{
    private const string SnapshotName = "case";

    private readonly string _directory;
    private readonly IFileOperations _files;
    private readonly SignedSnapshot _snapshot;

    public CaseLog(string directory, IFileOperations? files = null)
    {
        _directory = directory;
        _files = files ?? DiskFiles.Instance;
        _snapshot = new(directory, SnapshotName, _files);
    }

    /// <summary>The cases under the latest checkpoint.</summary>
    /// <exception cref="InvalidDataException">There is no log, it is not this key's, or it is damaged.</exception>
    public CaseBook Read(NoteVerifierKey key, CancellationToken cancellation = default) => Fold(key, cancellation).Book;

    /// <summary>As <see cref="Read"/>; keeps a snapshot if many entries came after the one that is there.</summary>
    public CaseBook ReadAndKeep(NoteSigningKey key, CancellationToken cancellation = default)
    {
        var (book, range, folded) = Fold(key.VerifierKey, cancellation);
        if (folded >= SignedSnapshot.Worthwhile)
        {
            var content = new SnapshotContent(
                [.. range.Hashes.Select(hash => hash.ToString())],
                [.. book.Concerned.Select(pair => new SnapshotEntry(pair.Index, Encoding.UTF8.GetString(pair.Entry.Span)))]);
            _snapshot.Keep(range.Size, range.Root, JsonSerializer.SerializeToUtf8Bytes(content), key);
        }

        return book;
    }

    private (CaseBook Book, CompactRange Range, ulong Folded) Fold(NoteVerifierKey key, CancellationToken cancellation)
    {
        var log = LogReader.Open(_directory, key, _files);
        var (book, range) = ReadSnapshot(log, key) ?? (new(), new());
        var begun = range.Size;
        foreach (var (index, entry) in log.Entries(begun))
        {
            cancellation.ThrowIfCancellationRequested();
            range.Append(Rfc6962.Leaf(entry.Span));
            book.Apply(index, entry);
        }

        return range.Root == log.Checkpoint.Checkpoint.Root
            ? (book, range, range.Size - begun)
            : throw new InvalidDataException("The entries do not give the root of the checkpoint: run 'stillwatch log fsck'.");
    }

    private (CaseBook Book, CompactRange Range)? ReadSnapshot(LogReader log, NoteVerifierKey key)
    {
        if (_snapshot.Read(log, key) is not var (size, root, content))
        {
            return null;
        }

        try
        {
            var kept = JsonSerializer.Deserialize<SnapshotContent>(content)!;
            var edge = kept.Edge.Select(hash => MerkleHash.FromBase64(Encoding.UTF8.GetBytes(hash)) ?? default).ToList();
            var book = new CaseBook();
            foreach (var (index, entry) in kept.Entries)
            {
                book.Apply(index, Encoding.UTF8.GetBytes(entry));
            }

            return CompactRange.FromHashes(size, edge) is { } range && range.Root == root ? (book, range) : null;
        }
        catch (Exception damaged) when (damaged is JsonException or InvalidDataException)
        {
            return null;
        }
    }

    private sealed record SnapshotContent(IReadOnlyList<string> Edge, IReadOnlyList<SnapshotEntry> Entries);

    private sealed record SnapshotEntry(ulong Index, string Entry);
}
