using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Stillwatch.Evidence.Merkle;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.Storage;
using Stillwatch.Evidence.TransparencyLog;

namespace Stillwatch.Evidence.Decisions;

/// <summary>What was folded from a log up to a size, in a file beside it, so that a start need not fold all of it again.</summary>
/// <remarks>
/// <code>
/// file = u32 big-endian length of the note || signed note || content
/// note = "stillwatch/" name "-snapshot@v1" LF size LF base64(root) LF base64(SHA-256(content)) LF
/// </code>
/// It is used only if the log's key has signed it and the log had that root at that size: a snapshot that somebody else made, of another
/// log or of a changed one is dropped, and the entries are folded. The first line keeps the signature from being one of a checkpoint.
/// </remarks>
/// <param name="directory">The log.</param>
/// <param name="name">What is folded, such as <c>decision</c>.</param>
/// <param name="files">The disk.</param>
internal sealed class SignedSnapshot(string directory, string name, IFileOperations files)
{
    /// <summary>Entries after the latest snapshot from which on a new one is worth its writing.</summary>
    public const int Worthwhile = 1000;

    /// <summary>Bytes of the largest snapshot that is read.</summary>
    public const int MaxBytes = 1 << 30;

    private readonly string _state = Path.Combine(Path.GetFullPath(directory), ".stillwatch");

    private string SnapshotPath => Path.Combine(_state, $"{name}s.snapshot");

    /// <summary>What is kept; null if there is none that can be believed.</summary>
    public (ulong Size, MerkleHash Root, byte[] Content)? Read(LogReader log, NoteVerifierKey key) =>
        files.Read(SnapshotPath, MaxBytes) is { } snapshot
        ? Open(name, snapshot, key, size => size <= log.Size ? log.RootAt(size) : (MerkleHash?)null)
        : null;

    /// <summary>Keeps what was folded.</summary>
    public void Keep(ulong size, MerkleHash root, byte[] content, NoteSigningKey key)
    {
        var durable = new DurableFiles(files, Path.GetDirectoryName(_state)!, Path.Combine(_state, "snapshots"));
        durable.Prepare();
        using var turn = LogLock.Take(Path.Combine(_state, "snapshots.lock"));
        durable.Put(SnapshotPath, Seal(name, size, root, content, key));
    }

    /// <summary>The bytes of a snapshot.</summary>
    public static byte[] Seal(string name, ulong size, MerkleHash root, byte[] content, NoteSigningKey log)
    {
        var text = Text(name, size, root, content);
        var note = new SignedNote(text, [log.Sign(text)]).ToBytes();
        var length = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)note.Length);
        return [.. length, .. note, .. content];
    }

    /// <summary>Size, root and content of a snapshot; null if it is damaged, not signed by the log, or not of what the log was.</summary>
    /// <param name="name">What is folded.</param>
    /// <param name="snapshot">The bytes.</param>
    /// <param name="log">The log's key.</param>
    /// <param name="rootAt">The root of the log at a size; null if it has never had that size.</param>
    public static (ulong Size, MerkleHash Root, byte[] Content)? Open(
        string name, ReadOnlySpan<byte> snapshot, NoteVerifierKey log, Func<ulong, MerkleHash?> rootAt)
    {
        if (snapshot.Length < sizeof(uint)
            || BinaryPrimitives.ReadUInt32BigEndian(snapshot) is var length && length > snapshot.Length - sizeof(uint))
        {
            return null;
        }

        try
        {
            var note = SignedNote.Parse(snapshot.Slice(sizeof(uint), (int)length));
            var content = snapshot[(sizeof(uint) + (int)length)..].ToArray();
            var size = SizeOf(note);
            return note.Verify([log]) == NoteVerdict.Verified && rootAt(size) is { } root
                && Text(name, size, root, content).AsSpan().SequenceEqual(note.Text)
                    ? (size, root, content)
                    : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static ulong SizeOf(SignedNote note) =>
        Encoding.UTF8.GetString(note.Text).Split('\n') is [_, var size, ..]
        && ulong.TryParse(size, CultureInfo.InvariantCulture, out var read)
            ? read
            : 0;

    private static byte[] Text(string name, ulong size, MerkleHash root, ReadOnlySpan<byte> content) => Encoding.UTF8.GetBytes(
        string.Create(
            CultureInfo.InvariantCulture,
            $"stillwatch/{name}-snapshot@v1\n{size}\n{root}\n{Convert.ToBase64String(SHA256.HashData(content))}\n"));
}
