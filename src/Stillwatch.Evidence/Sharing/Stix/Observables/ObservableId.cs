using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Stillwatch.Evidence.CanonicalJson;

namespace Stillwatch.Evidence.Sharing.Stix.Observables;

/// <summary>
/// The id of a cyber-observable object that follows from its content: a UUID of version 5 over the canonical JSON (RFC 8785) of those
/// of its properties that contribute to its identity (STIX 2.1, 2.9), so that whoever sees the same address gives it the same id.
/// </summary>
public static class ObservableId
{
    /// <summary>Of several hashes only the first of these that is present contributes.</summary>
    private static readonly string[] PreferredHashes = ["MD5", "SHA-1", "SHA-256", "SHA-512"];

    private static readonly Guid Space = new("00abedb4-aa42-466c-9c01-fed23315a9b7");

    /// <summary>By type, the properties named under "ID Contributing Properties" in STIX 2.1, section 6, and of our own types.</summary>
    private static readonly FrozenDictionary<string, string[]> Contributing = new Dictionary<string, string[]>
    {
        ["artifact"] = ["hashes", "payload_bin"],
        ["autonomous-system"] = ["number"],
        ["domain-name"] = ["value"],
        ["email-addr"] = ["value"],
        ["file"] = ["hashes", "name", "parent_directory_ref", "extensions"],
        ["ipv4-addr"] = ["value"],
        ["ipv6-addr"] = ["value"],
        ["mac-addr"] = ["value"],
        ["network-traffic"] = ["start", "end", "src_ref", "dst_ref", "src_port", "dst_port", "protocols", "extensions"],
        ["software"] = ["name", "cpe", "swid", "vendor", "version"],
        ["url"] = ["value"],
        ["user-account"] = ["account_type", "user_id", "account_login"],
        ["windows-registry-key"] = ["key", "values"],
        ["x509-certificate"] = ["hashes", "serial_number"],
        [MatchToken.TypeName] = ["token_kind", "epoch", "token"],
    }.ToFrozenDictionary();

    /// <summary>The deterministic id of an observable.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="properties">Its properties, also those that do not contribute.</param>
    /// <returns>Null where the type is not known here, or none of what contributes is present: such ids are random.</returns>
    public static StixId? Of(string type, JsonObject properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        var present = Contributing.GetValueOrDefault(type, [])
            .Where(name => properties[name] is not null)
            .Select(name => KeyValuePair.Create(name, Contribution(name, properties[name]!)))
            .ToList();
        return present.Count == 0
            ? null
            : new StixId(type, NameBasedUuid.Of(Space, JsonCanonicalization.Canonicalize(new JsonObject(present))));
    }

    private static JsonNode? Contribution(string name, JsonNode value)
    {
        if (name != "hashes" || value is not JsonObject hashes || hashes.Count == 0)
        {
            return value.DeepClone();
        }

        var chosen = Array.Find(PreferredHashes, hashes.ContainsKey) ?? hashes.First().Key;
        return new JsonObject { [chosen] = hashes[chosen]!.DeepClone() };
    }
}
