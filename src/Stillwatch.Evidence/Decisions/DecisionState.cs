using System.Text.Json.Nodes;
using Stillwatch.Evidence.Merkle;

namespace Stillwatch.Evidence.Decisions;

/// <summary>The state of decisions: a fold over the entries of the log, in their order.</summary>
/// <remarks>
/// The same entries give the same state, on any machine and at any time. It holds the right edge of the tree that it has folded, so
/// that its
/// root can be compared with a checkpoint: a state is believed only if the roots are equal. Not thread-safe.
/// </remarks>
public sealed class DecisionState
{
    private readonly SortedDictionary<string, SubjectState> _subjects = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ulong> _counts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly CompactRange _range;

    /// <summary>The state of an empty log.</summary>
    public DecisionState() => _range = new();

    internal DecisionState(
        CompactRange range, IEnumerable<SubjectState> subjects, IEnumerable<KeyValuePair<string, ulong>> counts, IEnumerable<string> ids)
    {
        _range = range;
        foreach (var subject in subjects)
        {
            _subjects.Add(subject.Subject, subject);
        }

        foreach (var (kind, count) in counts)
        {
            _counts.Add(kind, count);
        }

        _ids.UnionWith(ids);
    }

    /// <summary>Entries that were folded.</summary>
    public ulong Size => _range.Size;

    /// <summary>The root of the tree of those entries.</summary>
    public MerkleHash Root => _range.Root;

    /// <summary>Every subject that an entry was about, in ordinal order.</summary>
    public IReadOnlyCollection<SubjectState> Subjects => _subjects.Values;

    /// <summary>
    /// Entries by kind as written; entries that are none of ours count as <c>foreign</c>, repeated ones as <c>repeated</c>.
    /// </summary>
    public IReadOnlyDictionary<string, ulong> Counts => _counts;

    internal IReadOnlyCollection<string> Ids => _ids;

    internal CompactRange Range => _range;

    /// <summary>What the log says about a subject; null if nothing.</summary>
    public SubjectState? Find(string subject) => _subjects.GetValueOrDefault(subject);

    /// <summary>Folds the next entry. One that is no decision, or that repeats an id, counts but says nothing.</summary>
    public void Apply(ReadOnlyMemory<byte> bytes)
    {
        var index = Size;
        _range.Append(Rfc6962.Leaf(bytes.Span));
        if (DecisionEntry.TryParse(bytes) is not { } entry)
        {
            Count("foreign");
            return;
        }

        if (!_ids.Add(entry.Id))
        {
            Count("repeated");
            return;
        }

        Count(entry.KindName);
        if (entry.Kind != EntryKind.Unknown)
        {
            _subjects[entry.Subject] = Next(_subjects.GetValueOrDefault(entry.Subject), entry, index);
        }
    }

    private static SubjectState Next(SubjectState? before, DecisionEntry entry, ulong index)
    {
        var state = before ?? new(entry.Subject, 0, null, null, false, null, index);
        state = state with { Entries = state.Entries + 1, LatestIndex = index };
        return entry.Kind switch
        {
            EntryKind.Verdict => Found(state, Text(entry, "verdict"), index),
            EntryKind.Override when entry.Body["lifted"]?.GetValueKind() == System.Text.Json.JsonValueKind.True =>
                state with { IsOverridden = false, Verdict = state.Found, VerdictIndex = state.FoundIndex },
            EntryKind.Override => state with { IsOverridden = true, Verdict = Text(entry, "verdict"), VerdictIndex = index },
            EntryKind.CaseStep => state with { Step = Text(entry, "step") },
            _ => state,
        };
    }

    private static SubjectState Found(SubjectState state, string? verdict, ulong index)
    {
        var found = state with { Found = verdict, FoundIndex = index };
        return state.IsOverridden ? found : found with { Verdict = verdict, VerdictIndex = index };
    }

    private static string? Text(DecisionEntry entry, string member) =>
        entry.Body[member] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private void Count(string kind) => _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
}
