using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Stillwatch.Evidence.CanonicalJson;

namespace Stillwatch.Evidence.Cases;

/// <summary>What a step of a case says, kept outside the log; the log's entry has its SHA-256.</summary>
/// <remarks>
/// A JSON object in canonical form with a random salt of 32 bytes, so that the hash of content that was deleted tells nothing, however
/// few contents there could be.
/// <code>
/// {"by":"kim","kind":"text","salt":"...","text":"..."}        a note, a reason; with "accounts" what a decision is about
/// {"findings":{...},"kind":"findings","parameters":{...},"salt":"..."}   the campaign's findings, with pseudonyms
/// {"kind":"names","names":{"pseudonym":"sealed name"},"salt":"..."}      never leaves the vault
/// </code>
/// </remarks>
public sealed class CaseContent
{
    /// <summary>Bytes of the largest content that is kept or read.</summary>
    public const int MaxBytes = 64 << 20;

    private const int SaltLength = 32;

    private readonly byte[] _bytes;

    private CaseContent(byte[] bytes, JsonObject json)
    {
        _bytes = bytes;
        Json = json;
        Digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    /// <summary>The canonical bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>SHA-256 of the bytes in hexadecimal digits: what the entry says.</summary>
    public string Digest { get; }

    /// <summary>The object.</summary>
    public JsonObject Json { get; }

    /// <summary>A person's or the system's words.</summary>
    /// <param name="by">Who says it.</param>
    /// <param name="text">What, with pseudonyms for accounts.</param>
    /// <param name="accounts">For a decision: the pseudonyms of the accounts that it is about.</param>
    public static CaseContent Text(string by, string text, IEnumerable<string>? accounts = null)
    {
        var json = new JsonObject { ["kind"] = "text", ["by"] = by, ["text"] = text };
        if (accounts is not null)
        {
            json["accounts"] = Strings(accounts);
        }

        return Salted(json);
    }

    /// <summary>The findings of a case's campaign, and what they were made with.</summary>
    public static CaseContent Findings(JsonNode findings, JsonObject parameters) =>
        Salted(new() { ["kind"] = "findings", ["findings"] = findings, ["parameters"] = parameters });

    /// <summary>Which accounts the pseudonyms stand for: each name sealed under its account's own secret.</summary>
    public static CaseContent Names(AccountNames names, Pseudonyms pseudonyms)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(pseudonyms);
        return Salted(new()
        {
            ["kind"] = "names",
            ["names"] = new JsonObject(names.ByAccount.Select(
                pair => KeyValuePair.Create(pair.Value, (JsonNode?)pseudonyms.Seal(pair.Key, pair.Value)))),
        });
    }

    /// <summary>Reads content.</summary>
    /// <exception cref="InvalidDataException">It is no JSON object in canonical form.</exception>
    public static CaseContent Parse(ReadOnlyMemory<byte> bytes) =>
        JsonCanonicalization.Canonicalize(bytes).AsSpan().SequenceEqual(bytes.Span) && JsonNode.Parse(bytes.Span) is JsonObject json
            ? new(bytes.ToArray(), json)
            : throw new InvalidDataException("The content of a case is a JSON object in canonical form (RFC 8785).");

    /// <summary>A member that is a text; null if there is none.</summary>
    public string? Member(string name) => Json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>The accounts of a decision; empty for any other content.</summary>
    public IReadOnlyList<string> Accounts =>
        Json["accounts"] is JsonArray accounts ? [.. accounts.Select(account => account!.GetValue<string>())] : [];

    /// <summary>Whether both say the same, whatever their salts.</summary>
    public bool Says(CaseContent other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return JsonNode.DeepEquals(Unsalted(Json), Unsalted(other.Json));
    }

    private static JsonArray Strings(IEnumerable<string> values) => [.. values.Select(value => (JsonNode?)value)];

    private static JsonObject Unsalted(JsonObject json)
    {
        var copy = json.DeepClone().AsObject();
        copy.Remove("salt");
        return copy;
    }

    private static CaseContent Salted(JsonObject json)
    {
        json["salt"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SaltLength));
        return Parse(JsonCanonicalization.Canonicalize(json));
    }
}
