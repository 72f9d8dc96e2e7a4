using System.Globalization;
using System.Text.Json.Nodes;
using Stillwatch.Evidence.Decisions;

namespace Stillwatch.Gateway.Policies.Switches;

/// <summary>The state of all switches: a fold over the entries of the log, in their order. Not thread-safe.</summary>
/// <remarks>
/// An entry that the rules do not allow says nothing, whoever wrote it: nobody turns a switch on alone by writing to the log. A time in
/// an entry is its actor's; a switch runs out by the reader's clock.
/// </remarks>
public sealed class SwitchState
{
    private readonly SortedDictionary<string, SwitchSnapshot> _switches = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    /// <summary>Every switch that an entry was about, in the order of their subjects.</summary>
    public IReadOnlyCollection<SwitchSnapshot> Switches => _switches.Values;

    /// <summary>Every switch that is not off at a time.</summary>
    public IReadOnlyList<SwitchSnapshot> ActiveAt(DateTimeOffset now) =>
        [.. Switches.Select(state => state.At(now)).Where(static state => state.Phase != SwitchPhase.Off)];

    /// <summary>How a switch stands.</summary>
    public SwitchSnapshot Find(SwitchScope scope) =>
        _switches.GetValueOrDefault(scope.Subject) ?? new(scope, SwitchPhase.Off, null, null);

    /// <summary>Folds the next entry of a log.</summary>
    /// <returns>Whether it changed a switch.</returns>
    public bool Apply(DecisionEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (!_ids.Add(entry.Id) || entry.Kind != EntryKind.PolicyChange || SwitchScope.Parse(entry.Subject) is not { } scope
            || StepOf(entry) is not { } step)
        {
            return false;
        }

        var before = Find(scope).At(entry.At);
        if (SwitchRules.Fault(before, step, entry.Actor) is not null)
        {
            return false;
        }

        _switches[scope.Subject] = SwitchRules.After(before, step, entry.Actor, Time(entry, "until"));
        return true;
    }

    /// <summary>The entry of a step.</summary>
    internal static DecisionEntry Entry(string id, SwitchScope scope, SwitchStep step, string actor, DateTimeOffset at, JsonObject body)
    {
        body["policy"] = "killSwitch";
        body["step"] = NameOf(step);
        return DecisionEntry.Create(id, EntryKind.PolicyChange, scope.Subject, actor, at, body);
    }

    internal static string NameOf(SwitchStep step) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(step.ToString());

    private static SwitchStep? StepOf(DecisionEntry entry) =>
        Text(entry, "policy") == "killSwitch" && Text(entry, "step") is { } name
            && Array.FindIndex(Enum.GetValues<SwitchStep>(), step => NameOf(step) == name) is >= 0 and var index
            ? Enum.GetValues<SwitchStep>()[index]
            : null;

    private static DateTimeOffset? Time(DecisionEntry entry, string member) =>
        DateTimeOffset.TryParse(Text(entry, member), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
            : null;

    private static string? Text(DecisionEntry entry, string member) =>
        entry.Body[member] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
