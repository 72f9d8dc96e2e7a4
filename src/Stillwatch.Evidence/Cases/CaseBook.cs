using System.Text.Json.Nodes;
using Stillwatch.Evidence.Decisions;
using Stillwatch.Evidence.Signing;

namespace Stillwatch.Evidence.Cases;

/// <summary>All cases of a log and the policy in force: a fold over the entries in their order.</summary>
/// <remarks>
/// Entries about neither are passed by after one look at their bytes. A step that the rules do not allow, which only somebody with the
/// log's key and another program can have appended, counts in <see cref="Refused"/> and changes nothing. Not thread-safe.
/// </remarks>
public sealed class CaseBook
{
    /// <summary>The subject of entries about an account, before its pseudonym.</summary>
    internal const string AccountPrefix = "account/";

    private readonly SortedDictionary<int, CaseState> _cases = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly List<(ulong Index, ReadOnlyMemory<byte> Entry)> _concerned = [];
    private readonly HashSet<string> _erased = new(StringComparer.Ordinal);

    /// <summary>The cases by number.</summary>
    public IReadOnlyDictionary<int, CaseState> Cases => _cases;

    /// <summary>The policy in force.</summary>
    public CasePolicy Policy { get; private set; } = CasePolicy.Default;

    /// <summary>Steps that no rule allows.</summary>
    public int Refused { get; private set; }

    /// <summary>Pseudonyms of accounts whose link to their pseudonym was logged as deleted.</summary>
    public IReadOnlySet<string> Erased => _erased;

    /// <summary>The entries that this was folded from, in their order; all others say nothing to it.</summary>
    internal IReadOnlyList<(ulong Index, ReadOnlyMemory<byte> Entry)> Concerned => _concerned;

    /// <summary>The cases under a log's latest checkpoint.</summary>
    /// <exception cref="InvalidDataException">There is no log, it is not this key's, or it is damaged.</exception>
    public static CaseBook Read(string logDirectory, NoteVerifierKey key, CancellationToken cancellation = default) =>
        new CaseLog(logDirectory).Read(key, cancellation);

    /// <summary>Folds the next entry.</summary>
    public void Apply(ulong index, ReadOnlyMemory<byte> bytes)
    {
        if (!MayConcern(bytes.Span))
        {
            return;
        }

        if (DecisionEntry.TryParse(bytes) is not { Kind: not EntryKind.Unknown } entry || !_ids.Add(entry.Id))
        {
            return;
        }

        _concerned.Add((index, entry.Bytes));
        if (entry.Subject == CasePolicy.Subject && entry.Kind == EntryKind.PolicyChange)
        {
            ApplyPolicy(entry.Body["policy"]);
        }
        else if (entry.Kind == EntryKind.Deletion && entry.Subject.StartsWith(AccountPrefix, StringComparison.Ordinal))
        {
            _erased.Add(entry.Subject[AccountPrefix.Length..]);
        }
        else if (CaseEntry.Of(index, entry) is { } step)
        {
            Apply(step);
        }
    }

    /// <summary>A case.</summary>
    /// <exception cref="InvalidDataException">There is none of this number.</exception>
    public CaseState Find(int number) =>
        _cases.GetValueOrDefault(number) ?? throw new InvalidDataException($"There is no case {number}.");

    /// <summary>Whether an entry may be about cases: most are not, and are not parsed.</summary>
    private static bool MayConcern(ReadOnlySpan<byte> entry) => entry.IndexOf("\"subject\":\"case/"u8) >= 0
        || entry.IndexOf("\"subject\":\"policy/cases\""u8) >= 0
        || (entry.IndexOf("\"subject\":\"account/"u8) >= 0 && entry.IndexOf("\"kind\":\"deletion\""u8) >= 0);

    private void ApplyPolicy(JsonNode? policy)
    {
        try
        {
            Policy = CasePolicy.FromJson(policy);
        }
        catch (InvalidDataException)
        {
            Refused++;
        }
    }

    private void Apply(CaseEntry step)
    {
        var number = CaseEntry.NumberOf(step.Entry.Subject)!.Value;
        var state = _cases.GetValueOrDefault(number);
        if (CaseRules.Fault(number, state, step.Step, step.Entry.Actor) is not null)
        {
            Refused++;
            return;
        }

        _cases[number] = state is null ? CaseState.Begin(number, step) : state.After(step);
    }
}
