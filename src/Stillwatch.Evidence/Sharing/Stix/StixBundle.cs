using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Stillwatch.Evidence.CanonicalJson;
using Stillwatch.Evidence.Disclosures;

namespace Stillwatch.Evidence.Sharing.Stix;

/// <summary>Objects that travel together (STIX 2.1, section 8).</summary>
/// <param name="Id">The bundle's name.</param>
/// <param name="Objects">Each once.</param>
public sealed record StixBundle(StixId Id, IReadOnlyList<StixObject> Objects)
{
    /// <summary>Text stays legible; what has a meaning in HTML is escaped, so that a bundle may be embedded in a page.</summary>
    private static readonly StixJsonContext Context = new(
        new JsonSerializerOptions(StixJsonContext.Default.Options) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) });

    /// <summary>Always <c>bundle</c>.</summary>
    [JsonPropertyOrder(-1)]
    public string Type { get; } = "bundle";

    /// <summary>The bundle as UTF-8 JSON, equal bundles as equal bytes.</summary>
    public byte[] ToJson() => [.. JsonSerializer.SerializeToUtf8Bytes(this, Context.StixBundle), (byte)'\n'];

    /// <summary>What a record of its disclosure names: every object with the hash of its canonical form.</summary>
    public IReadOnlyList<DisclosedItem> Items() => [.. Objects.Select(static item => new DisclosedItem(
        item.Id.ToString(),
        Convert.ToHexStringLower(SHA256.HashData(JsonCanonicalization.Canonicalize(Json(item))))))];

    /// <summary>One object as UTF-8 JSON.</summary>
    internal static byte[] Json(StixObject item) =>
        JsonSerializer.SerializeToUtf8Bytes(item, (JsonTypeInfo<StixObject>)Context.GetTypeInfo(typeof(StixObject))!);
}
