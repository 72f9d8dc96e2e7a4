using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stillwatch.Evidence.CanonicalJson;
using Stillwatch.Evidence.Disclosures;

namespace Stillwatch.Evidence.Sharing.Stix.Export;

/// <summary>A bundle that withdraws objects.</summary>
/// <param name="Json">The bundle in UTF-8.</param>
/// <param name="Items">What a record of its disclosure names.</param>
public sealed record RevokedBundle(byte[] Json, IReadOnlyList<DisclosedItem> Items)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    internal static RevokedBundle Of(StixId id, IReadOnlyList<JsonObject> objects)
    {
        var items = objects.Select(static item => new DisclosedItem(
            (string)item["id"]!, Convert.ToHexStringLower(SHA256.HashData(JsonCanonicalization.Canonicalize(item))))).ToList();
        var bundle = new JsonObject
        {
            ["type"] = "bundle",
            ["id"] = id.ToString(),
            ["objects"] = new JsonArray([.. objects]),
        };
        return new RevokedBundle(Encoding.UTF8.GetBytes($"{bundle.ToJsonString(Indented)}\n"), items);
    }
}
