using System.Text.Json.Nodes;
using Stillwatch.Evidence.Decisions;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Provenance.Watermarking;

namespace Stillwatch.Cli.Verbs.Marks;

/// <summary>The entry of a log that binds to a mark's key; it names neither tenant nor cohort.</summary>
/// <param name="Origin">The log's name.</param>
/// <param name="Index">Which entry.</param>
/// <param name="Size">Entries under the checkpoint that shows it.</param>
/// <param name="Entry">The entry.</param>
internal sealed record MarkCommitment(string Origin, ulong Index, ulong Size, DecisionEntry Entry)
{
    /// <summary>The entry that commits to a key.</summary>
    public static DecisionEntry Make(MarkKey key, string actor, DateTimeOffset now) => DecisionEntry.Create(
        SubjectOf(key),
        EntryKind.KeyCommitment,
        SubjectOf(key),
        actor,
        now,
        new JsonObject { ["scheme"] = MarkKey.Scheme, ["contextWidth"] = key.Label.ContextWidth, ["commitment"] = key.Commitment });

    /// <summary>The first entry of a log that commits to a key; null if there is none.</summary>
    public static MarkCommitment? Find(LogReader log, MarkKey key) =>
        FindAll(log, [(SubjectOf(key), key.Commitment)]).Values.FirstOrDefault();

    /// <summary>The first entry of a log for each of some commitments, by commitment.</summary>
    /// <param name="log">The log.</param>
    /// <param name="wanted">Subjects of entries, and what they are to bind to.</param>
    public static IReadOnlyDictionary<string, MarkCommitment> FindAll(
        LogReader log, IEnumerable<(string Subject, string Commitment)> wanted)
    {
        var (subjects, found) = (wanted.ToHashSet(), new Dictionary<string, MarkCommitment>(StringComparer.Ordinal));
        foreach (var (index, bytes) in log.Entries())
        {
            if (bytes.Span.IndexOf("\"kind\":\"keyCommitment\""u8) >= 0
                && DecisionEntry.TryParse(bytes) is { Kind: EntryKind.KeyCommitment } entry
                && CommitmentOf(entry) is { } commitment
                && subjects.Contains((entry.Subject, commitment)))
            {
                found.TryAdd(commitment, new(log.Checkpoint.Checkpoint.Origin, index, log.Size, entry));
            }
        }

        return found;
    }

    /// <summary>What an entry binds to; null if it says nothing of the kind.</summary>
    public static string? CommitmentOf(DecisionEntry entry) =>
        entry.Body["commitment"] is JsonValue value && value.TryGetValue<string>(out var commitment) ? commitment : null;

    /// <summary>As <see cref="Find(LogReader, MarkKey)"/>, of a log in a directory.</summary>
    public static MarkCommitment? Find(string directory, NoteVerifierKey logKey, MarkKey key) =>
        Find(LogReader.Open(directory, logKey), key);

    /// <summary>The subject of a key's entry.</summary>
    public static string SubjectOf(MarkKey key) => $"mark/{key.Id}";
}
