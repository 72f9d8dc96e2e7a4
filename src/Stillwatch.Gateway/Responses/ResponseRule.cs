using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stillwatch.Evidence.Decisions;

namespace Stillwatch.Gateway.Responses;

/// <summary>What is done about whose requests, until when; an entry of the log (<c>policyChange</c>, <c>policy: response</c>).</summary>
/// <param name="Scope">Whose.</param>
/// <param name="Step">What.</param>
/// <param name="IsShadow">Whether it is only noted what would be done.</param>
/// <param name="Until">When it ends by itself; every response does.</param>
/// <param name="Actor">Who decided.</param>
public sealed record ResponseRule(ResponseScope Scope, ResponseStep Step, bool IsShadow, DateTimeOffset Until, string Actor)
{
    /// <summary>The longest that a response may last before somebody has to decide again.</summary>
    public static readonly TimeSpan MaxDuration = TimeSpan.FromDays(90);

    private const string Policy = "response";

    /// <summary>The finding that it follows from; null where a person set it without one.</summary>
    public ResponseFinding? Finding { get; init; }

    /// <summary>How the log and interactions name it: the subject.</summary>
    public string Name => Scope.Subject;

    /// <summary>The name of its step.</summary>
    public string StepName => JsonNamingPolicy.CamelCase.ConvertName(Step.ToString());

    /// <summary>The entry that sets it.</summary>
    /// <param name="at">When it is decided.</param>
    /// <param name="reason">Why, in a sentence; it stays in the log.</param>
    public DecisionEntry ToEntry(DateTimeOffset at, string reason) => Entry(Scope, Actor, at, Finding, new()
    {
        ["step"] = StepName,
        ["shadow"] = IsShadow,
        ["until"] = Until.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["reason"] = reason,
    });

    /// <summary>The entry that lifts what is set for a scope.</summary>
    /// <param name="scope">Whose.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="at">When.</param>
    /// <param name="reason">Why.</param>
    /// <param name="finding">The findings that name the account no more; null where a person lifts it.</param>
    public static DecisionEntry Lift(
        ResponseScope scope, string actor, DateTimeOffset at, string reason, ResponseFinding? finding = null) =>
        Entry(scope, actor, at, finding, new() { ["step"] = "lifted", ["reason"] = reason });

    /// <summary>Reads an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="scope">The scope that it is about, if it is about responses.</param>
    /// <param name="rule">The response it sets; null if it lifts one.</param>
    /// <returns>False if it says nothing about responses.</returns>
    public static bool TryRead(DecisionEntry entry, out ResponseScope scope, out ResponseRule? rule)
    {
        ArgumentNullException.ThrowIfNull(entry);
        rule = null;
        scope = default;
        if (entry.Kind is not EntryKind.PolicyChange || Text(entry, "policy") != Policy
            || ResponseScope.Parse(entry.Subject) is not { } about)
        {
            return false;
        }

        scope = about;
        var name = Text(entry, "step");
        if (name == "lifted")
        {
            return true;
        }

        var isTime = DateTimeOffset.TryParse(
            Text(entry, "until"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until);
        if (!isTime || until - entry.At > MaxDuration || !Enum.TryParse<ResponseStep>(name, ignoreCase: true, out var step)
            || !Enum.IsDefined(step))
        {
            return false;
        }

        // What does not say that it is to be enforced is not.
        var isShadow = entry.Body["shadow"] is not JsonValue value || !value.TryGetValue<bool>(out var shadow) || shadow;
        rule = new(about, step, isShadow, until, entry.Actor) { Finding = ResponseFinding.Read(entry.Body["finding"]) };
        return true;
    }

    private static DecisionEntry Entry(
        ResponseScope scope, string actor, DateTimeOffset at, ResponseFinding? finding, JsonObject body)
    {
        body["policy"] = Policy;
        if (finding is not null)
        {
            body["finding"] = finding.ToJson();
        }

        var id = string.Create(CultureInfo.InvariantCulture, $"{scope.Subject}/{at.UtcTicks}/{Guid.CreateVersion7()}");
        return DecisionEntry.Create(id, EntryKind.PolicyChange, scope.Subject, actor, at, body);
    }

    private static string? Text(DecisionEntry entry, string member) =>
        entry.Body[member] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
