using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stillwatch.Campaigns;
using Stillwatch.Evidence.Decisions;

namespace Stillwatch.Evidence.Cases;

/// <summary>One entry of the log that is about a case.</summary>
/// <param name="Index">Where it is in the log.</param>
/// <param name="Entry">The entry.</param>
/// <param name="Step">What it does to the case.</param>
public sealed record CaseEntry(ulong Index, DecisionEntry Entry, CaseStep Step)
{
    private const string SubjectPrefix = "case/";

    /// <summary>SHA-256 of what the step says, in hexadecimal digits; null for a step without content.</summary>
    public string? Content => Member("content");

    /// <summary>The verdict that the step is about; null if it is about none.</summary>
    public Consequence? Verdict => CasePolicy.VerdictOf(Member("verdict"));

    /// <summary>The subject of a case's entries.</summary>
    public static string SubjectOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{SubjectPrefix}{number}");

    /// <summary>The case that a subject is, from 1 on; null if it is none.</summary>
    public static int? NumberOf(string subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return subject.StartsWith(SubjectPrefix, StringComparison.Ordinal)
            && int.TryParse(subject.AsSpan(SubjectPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 0 && SubjectOf(number) == subject
            ? number
            : null;
    }

    /// <summary>How a step is written.</summary>
    public static string NameOf(CaseStep step) => JsonNamingPolicy.CamelCase.ConvertName(step.ToString());

    /// <summary>A text in the entry's body; null if there is none.</summary>
    public string? Member(string name) =>
        Entry.Body[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>A number in the entry's body; null if there is none.</summary>
    public int? Count(string name) =>
        Entry.Body[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    /// <summary>Reads an entry of the log; null if it is about no case, or does nothing to it.</summary>
    internal static CaseEntry? Of(ulong index, DecisionEntry entry) =>
        NumberOf(entry.Subject) is null || StepOf(entry) is not { } step ? null : new(index, entry, step);

    private static CaseStep? StepOf(DecisionEntry entry) => entry.Kind switch
    {
        EntryKind.CaseStep => Enum.GetValues<CaseStep>().Where(step => step <= CaseStep.Appealed)
            .Cast<CaseStep?>().FirstOrDefault(step => entry.Body["step"] is JsonValue value && value.TryGetValue<string>(out var name)
                && NameOf(step!.Value) == name),
        EntryKind.CaseNote => CaseStep.Noted,
        EntryKind.Deletion => CaseStep.Deleted,
        EntryKind.Disclosure => CaseStep.Disclosed,
        _ => null,
    };
}
