using System.Text.Json.Nodes;

namespace Stillwatch.Gateway.Responses;

/// <summary>The finding that a response follows from; a response without one was set by a person's own decision.</summary>
/// <param name="Sha256">Digest of the findings file, in hexadecimal digits.</param>
/// <param name="Campaign">The campaign that the account is of or near; null for none.</param>
/// <param name="Verdict">What the hunt, or a person after it, advises.</param>
/// <param name="Log10EValue">Decimal logarithm of the campaign's e-value; null for an account of no campaign.</param>
/// <param name="Reasons">Codes of the reasons.</param>
public sealed record ResponseFinding(
    string Sha256, string? Campaign, string Verdict, double? Log10EValue, IReadOnlyList<string> Reasons)
{
    /// <summary>The most codes that an entry names.</summary>
    public const int MaxReasons = 32;

    /// <summary>The member <c>finding</c> of an entry.</summary>
    internal JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["sha256"] = Sha256,
            ["verdict"] = Verdict,
            ["reasons"] = new JsonArray([.. Reasons.Take(MaxReasons).Select(static code => (JsonNode)code)]),
        };
        if (Campaign is not null)
        {
            json["campaign"] = Campaign;
        }

        if (Log10EValue is { } value)
        {
            json["log10EValue"] = value;
        }

        return json;
    }

    /// <summary>Reads the member; null if there is none, or it does not say which findings.</summary>
    internal static ResponseFinding? Read(JsonNode? member)
    {
        if (member is not JsonObject json || Text(json["sha256"]) is not { } sha256)
        {
            return null;
        }

        var codes = json["reasons"] is JsonArray reasons ? reasons.Select(Text).OfType<string>().Take(MaxReasons) : [];
        double? value = json["log10EValue"] is JsonValue number && number.TryGetValue<double>(out var read) ? read : null;
        return new(sha256, Text(json["campaign"]), Text(json["verdict"]) ?? "", value, [.. codes]);
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
