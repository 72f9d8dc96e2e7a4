using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stillwatch.Evidence.CanonicalJson;
using Stillwatch.Evidence.TransparencyLog.Tiles;

namespace Stillwatch.Evidence.Decisions;

/// <summary>One decision, as it is an entry of the log: a JSON object in canonical form (RFC 8785; docs/formats/decisions.md).</summary>
/// <remarks>
/// <code>
/// {"actor":"hunt","at":"2026-11-28T20:00:00Z","body":{...},"id":"...","kind":"verdict","subject":"campaign/c-1","v":1}
/// </code>
/// The entry keeps the bytes it was read from, so that what this version does not know is not lost.
/// </remarks>
public sealed class DecisionEntry
{
    /// <summary>The version of the schema that this program writes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Characters of an id, a subject or an actor at most.</summary>
    public const int MaxNameLength = 512;

    private readonly byte[] _bytes;

    private DecisionEntry(byte[] bytes, JsonObject json)
    {
        _bytes = bytes;
        Version = json["v"] is JsonValue version && version.TryGetValue<int>(out var number) && number > 0
            ? number
            : throw new InvalidDataException("An entry has a version, 'v', that is a whole number from 1 on.");
        Id = Name(json, "id");
        KindName = Name(json, "kind");
        Kind = Version == CurrentVersion ? ParseKind(KindName) : EntryKind.Unknown;
        Subject = Name(json, "subject");
        Actor = Name(json, "actor");
        At = ParseTime(Name(json, "at"));
        Body = json["body"] as JsonObject ?? throw new InvalidDataException("An entry has a 'body' that is an object.");
        json.Remove("body");
    }

    /// <summary>The version of the schema; entries of later versions are kept, but say nothing to the state.</summary>
    public int Version { get; }

    /// <summary>
    /// Chosen by who writes; an entry that repeats an id says nothing, so that an append with unknown outcome can be repeated.
    /// </summary>
    public string Id { get; }

    /// <summary>What it records.</summary>
    public EntryKind Kind { get; }

    /// <summary>What it records, as it is written.</summary>
    public string KindName { get; }

    /// <summary>What it is about, such as <c>campaign/c-1</c>, <c>account/a-1</c>, <c>case/7</c>.</summary>
    public string Subject { get; }

    /// <summary>Who decided: a part of the system or a person's pseudonym.</summary>
    public string Actor { get; }

    /// <summary>When it was decided, by the actor's clock; timestamps of checkpoints bound it from above.</summary>
    public DateTimeOffset At { get; }

    /// <summary>What belongs to its kind.</summary>
    public JsonObject Body { get; }

    /// <summary>The canonical bytes: the entry of the log.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Makes an entry of the current version.</summary>
    /// <exception cref="InvalidDataException">A name is empty or too long, or the entry is larger than the log takes.</exception>
    public static DecisionEntry Create(
        string id, EntryKind kind, string subject, string actor, DateTimeOffset at, JsonObject body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Parse(JsonCanonicalization.Canonicalize(new JsonObject
        {
            ["v"] = CurrentVersion,
            ["id"] = id,
            ["kind"] = NameOf(kind),
            ["subject"] = subject,
            ["actor"] = actor,
            ["at"] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
            ["body"] = body.DeepClone(),
        }));
    }

    /// <summary>Reads an entry; members that this version does not know stay in <see cref="Bytes"/>.</summary>
    /// <exception cref="InvalidDataException">It is no entry of a decision, or not in canonical form.</exception>
    public static DecisionEntry Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > EntryBundle.MaxEntryBytes)
        {
            throw new InvalidDataException($"The entry has {bytes.Length} bytes; the log takes {EntryBundle.MaxEntryBytes}.");
        }

        if (!JsonCanonicalization.Canonicalize(bytes).AsSpan().SequenceEqual(bytes.Span))
        {
            throw new InvalidDataException("The entry is not in canonical form (RFC 8785).");
        }

        return JsonNode.Parse(bytes.Span) is JsonObject json
            ? new(bytes.ToArray(), json)
            : throw new InvalidDataException("An entry is a JSON object.");
    }

    /// <summary>Reads an entry; null if it is no entry of a decision.</summary>
    public static DecisionEntry? TryParse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return Parse(bytes);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>How a kind is written.</summary>
    public static string NameOf(EntryKind kind) =>
        kind == EntryKind.Unknown || !Enum.IsDefined(kind)
            ? throw new ArgumentOutOfRangeException(nameof(kind), kind, "Only a known kind can be written.")
            : JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    private static EntryKind ParseKind(string name) =>
        Enum.GetValues<EntryKind>().FirstOrDefault(kind => kind != EntryKind.Unknown && NameOf(kind) == name);

    private static string Name(JsonObject json, string member) =>
        json[member] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length is > 0 and <= MaxNameLength
            ? text
            : throw new InvalidDataException($"An entry has '{member}', a string of 1 to {MaxNameLength} characters.");

    private static DateTimeOffset ParseTime(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            && text.EndsWith('Z')
            ? time
            : throw new InvalidDataException($"'{text}' is no time in UTC such as 2026-11-28T20:00:00Z.");
}
