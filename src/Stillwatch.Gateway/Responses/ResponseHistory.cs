using System.Text.Json;
using System.Text.Json.Nodes;
using Stillwatch.Evidence.Decisions;

namespace Stillwatch.Gateway.Responses;

/// <summary>What a log says of responses so far, ended and lifted ones included, and of people's verdicts. Not thread-safe.</summary>
public sealed class ResponseHistory
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<ResponseScope, SetResponse> _latest = [];
    private readonly Dictionary<string, string> _overrides = new(StringComparer.Ordinal);

    /// <summary>The history that some entries tell.</summary>
    public static ResponseHistory Of(IEnumerable<DecisionEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var history = new ResponseHistory();
        foreach (var entry in entries)
        {
            history.Apply(entry);
        }

        return history;
    }

    /// <summary>The latest of every scope.</summary>
    public IReadOnlyDictionary<ResponseScope, SetResponse> Latest => _latest;

    /// <summary>Folds the next entry.</summary>
    public void Apply(DecisionEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (ResponseRule.TryRead(entry, out var scope, out var rule))
        {
            if (_ids.Add(entry.Id))
            {
                _latest[scope] = new(rule, entry.At, entry.Actor, ResponseFinding.Read(entry.Body["finding"]));
            }
        }
        else if (entry.Kind is EntryKind.Override && _ids.Add(entry.Id))
        {
            var isLifted = entry.Body["lifted"]?.GetValueKind() is JsonValueKind.True;
            if (isLifted || entry.Body["verdict"] is not JsonValue value || !value.TryGetValue<string>(out var verdict))
            {
                _overrides.Remove(entry.Subject);
            }
            else
            {
                _overrides[entry.Subject] = verdict;
            }
        }
    }

    /// <summary>What a person decided about an account, or else about its campaign; null if nobody did.</summary>
    public string? OverrideOf(string account, string? campaign) => _overrides.GetValueOrDefault($"account/{account}")
        ?? (campaign is null ? null : _overrides.GetValueOrDefault($"campaign/{campaign}"));
}
