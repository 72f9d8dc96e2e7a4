using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stillwatch.Evidence.Disclosures;

/// <summary>That something is given out: what, to whom, under which marking and why. Immutable.</summary>
/// <remarks>
/// The log gets the hash of the list of what is given, not the list: ids of addresses can be guessed, and entries cannot be removed.
/// Whoever holds what was given makes the list again, and with it the hash.
/// </remarks>
public sealed record Disclosure
{
    /// <summary>Types of items that an entry counts by name; the others together are <c>other</c>.</summary>
    public const int MaxTypes = 32;

    /// <summary>In which form.</summary>
    public required DisclosureKind Kind { get; init; }

    /// <summary>Who gets it: a lab, a sharing group, a server, or a person's pseudonym.</summary>
    public required string Recipient { get; init; }

    /// <summary>The marking that limits where it may go on, such as <c>TLP:AMBER+STRICT</c>; null where none is made.</summary>
    public string? Marking { get; init; }

    /// <summary>Why it is given; null where the form says it.</summary>
    public string? Purpose { get; init; }

    /// <summary>When, by the clock of who gives.</summary>
    public required DateTimeOffset GivenAt { get; init; }

    /// <summary>In at least how many accounts everything given was seen; null where no such threshold applies.</summary>
    public int? MinimumAccounts { get; init; }

    /// <summary>What is revealed beyond identifiers of the format; empty for nothing.</summary>
    public IReadOnlyList<string> Reveals { get; init; } = [];

    /// <summary>What is given.</summary>
    public required IReadOnlyList<DisclosedItem> Items { get; init; }

    /// <summary>SHA-256 of the list of items, each a line as sha256sum writes it, in hexadecimal digits.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Concat(Items.Select(static item => $"{item.Sha256}  {item.Id}\n")))));

    /// <summary>How a kind is written.</summary>
    public static string NameOf(DisclosureKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    /// <summary>The body of the entry that records it (docs/formats/decisions.md): a few hundred bytes, however much is given.</summary>
    internal JsonObject ToBody()
    {
        var body = new JsonObject
        {
            ["what"] = NameOf(Kind),
            ["recipient"] = Recipient,
            ["items"] = Items.Count,
            ["sha256"] = Digest,
        };
        Set(body, "marking", Marking);
        Set(body, "purpose", Purpose);
        Set(body, "minimumAccounts", MinimumAccounts);
        Set(body, "reveals", Reveals.Count > 0 ? new JsonArray([.. Reveals.Select(static what => (JsonNode)what)]) : null);
        Set(body, "types", Types());
        return body;
    }

    private static void Set(JsonObject body, string name, JsonNode? value)
    {
        if (value is not null)
        {
            body[name] = value;
        }
    }

    /// <summary>How many items there are of each type that STIX ids name; null if no item has one.</summary>
    private JsonObject? Types()
    {
        var counts = Items.Select(static item => item.Id.Split("--")).Where(static parts => parts.Length == 2)
            .CountBy(static parts => parts[0])
            .OrderByDescending(static pair => pair.Value).ThenBy(static pair => pair.Key, StringComparer.Ordinal)
            .ToList();
        var named = counts.Take(MaxTypes).Select(static pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value));
        var types = new JsonObject(named);
        if (counts.Count > MaxTypes)
        {
            types["other"] = counts.Skip(MaxTypes).Sum(static pair => pair.Value);
        }

        return counts.Count > 0 ? types : null;
    }
}
