using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Stillwatch.Evidence.Merkle;
using Stillwatch.Evidence.Signing;

namespace Stillwatch.Evidence.Decisions;

/// <summary>A state as a file, so that a start need not fold the whole log again.</summary>
/// <remarks>
/// <code>
/// file = u32 big-endian length of the note || signed note || content (JSON)
/// note = "stillwatch/decision-snapshot@v1" LF size LF base64(root) LF base64(SHA-256(content)) LF
/// </code>
/// It is used only if the log's key has signed it and the log had that root at that size: a snapshot that somebody else made, of another
/// log or of a changed one is dropped, and the entries are folded. The first line keeps the signature from being one of a checkpoint.
/// </remarks>
public static class DecisionSnapshot
{
    /// <summary>Bytes of the largest snapshot that is read.</summary>
    public const int MaxBytes = 1 << 30;

    private const string FirstLine = "stillwatch/decision-snapshot@v1";

    /// <summary>The snapshot of a state.</summary>
    public static byte[] Write(DecisionState state, NoteSigningKey log)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(log);
        var content = JsonSerializer.SerializeToUtf8Bytes(new SnapshotContent(
            [.. state.Range.Hashes.Select(hash => hash.ToString())],
            [.. state.Subjects],
            state.Counts.ToDictionary(),
            [.. state.Ids.Order(StringComparer.Ordinal)]));
        var text = Text(state.Size, state.Root, content);
        var note = new SignedNote(text, [log.Sign(text)]).ToBytes();
        var length = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)note.Length);
        return [.. length, .. note, .. content];
    }

    /// <summary>The state of a snapshot; null if it is damaged, not signed by the log, or not of what the log was.</summary>
    /// <param name="snapshot">The file.</param>
    /// <param name="log">The log's key.</param>
    /// <param name="rootAt">The root of the log at a size; null if it has never had that size.</param>
    public static DecisionState? Read(ReadOnlySpan<byte> snapshot, NoteVerifierKey log, Func<ulong, MerkleHash?> rootAt)
    {
        ArgumentNullException.ThrowIfNull(rootAt);
        if (snapshot.Length < sizeof(uint)
            || BinaryPrimitives.ReadUInt32BigEndian(snapshot) is var length && length > snapshot.Length - sizeof(uint))
        {
            return null;
        }

        try
        {
            var note = SignedNote.Parse(snapshot.Slice(sizeof(uint), (int)length));
            var content = snapshot[(sizeof(uint) + (int)length)..];
            return note.Verify([log]) == NoteVerdict.Verified ? Believe(note, content, rootAt) : null;
        }
        catch (Exception fault) when (fault is InvalidDataException or JsonException)
        {
            return null;
        }
    }

    private static DecisionState? Believe(SignedNote note, ReadOnlySpan<byte> content, Func<ulong, MerkleHash?> rootAt)
    {
        var size = ulong.TryParse(Encoding.UTF8.GetString(note.Text).Split('\n')[1], CultureInfo.InvariantCulture, out var read) ? read : 0;
        if (rootAt(size) is not { } root || !Text(size, root, content).AsSpan().SequenceEqual(note.Text))
        {
            return null;
        }

        var state = JsonSerializer.Deserialize<SnapshotContent>(content);
        return state is not null && CompactRange.FromHashes(size, [.. state.Edge.Select(Hash)]) is { } range && range.Root == root
            ? new(range, state.Subjects, state.Counts, state.Ids)
            : null;
    }

    private static MerkleHash Hash(string base64) => MerkleHash.FromBase64(Encoding.UTF8.GetBytes(base64)) ?? default;

    private static byte[] Text(ulong size, MerkleHash root, ReadOnlySpan<byte> content) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"{FirstLine}\n{size}\n{root}\n{Convert.ToBase64String(SHA256.HashData(content))}\n"));

    private sealed record SnapshotContent(
        IReadOnlyList<string> Edge,
        IReadOnlyList<SubjectState> Subjects,
        Dictionary<string, ulong> Counts,
        IReadOnlyList<string> Ids);
}
