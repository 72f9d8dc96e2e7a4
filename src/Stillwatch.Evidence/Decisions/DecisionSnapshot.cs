using System.Text;
using System.Text.Json;
using Stillwatch.Evidence.Merkle;
using Stillwatch.Evidence.Signing;

namespace Stillwatch.Evidence.Decisions;

/// <summary>A state of decisions as a signed snapshot.</summary>
public static class DecisionSnapshot
{
    internal const string Name = "decision";

    /// <summary>The snapshot of a state.</summary>
    public static byte[] Write(DecisionState state, NoteSigningKey log)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(log);
        return SignedSnapshot.Seal(Name, state.Size, state.Root, Content(state), log);
    }

    /// <summary>The state of a snapshot; null if it is damaged, not signed by the log, or not of what the log was.</summary>
    /// <param name="snapshot">The file.</param>
    /// <param name="log">The log's key.</param>
    /// <param name="rootAt">The root of the log at a size; null if it has never had that size.</param>
    public static DecisionState? Read(ReadOnlySpan<byte> snapshot, NoteVerifierKey log, Func<ulong, MerkleHash?> rootAt)
    {
        ArgumentNullException.ThrowIfNull(rootAt);
        return SignedSnapshot.Open(Name, snapshot, log, rootAt) is var (size, root, content) ? State(size, root, content) : null;
    }

    internal static byte[] Content(DecisionState state) => JsonSerializer.SerializeToUtf8Bytes(new SnapshotContent(
        [.. state.Range.Hashes.Select(hash => hash.ToString())],
        [.. state.Subjects],
        state.Counts.ToDictionary(),
        [.. state.Ids.Order(StringComparer.Ordinal)]));

    /// <summary>The state of a content that the log has signed; null if it is not of that tree.</summary>
    internal static DecisionState? State(ulong size, MerkleHash root, byte[] content)
    {
        try
        {
            var state = JsonSerializer.Deserialize<SnapshotContent>(content);
            return state is not null && CompactRange.FromHashes(size, [.. state.Edge.Select(Hash)]) is { } range && range.Root == root
                ? new(range, state.Subjects, state.Counts, state.Ids)
                : null;
        }
        catch (Exception damaged) when (damaged is JsonException or InvalidDataException)
        {
            return null;
        }
    }

    private static MerkleHash Hash(string base64) => MerkleHash.FromBase64(Encoding.UTF8.GetBytes(base64)) ?? default;

    private sealed record SnapshotContent(
        IReadOnlyList<string> Edge,
        IReadOnlyList<SubjectState> Subjects,
        Dictionary<string, ulong> Counts,
        IReadOnlyList<string> Ids);
}
