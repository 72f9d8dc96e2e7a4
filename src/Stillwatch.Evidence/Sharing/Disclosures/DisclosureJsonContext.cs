using System.Text.Json.Serialization;

namespace Stillwatch.Evidence.Sharing.Disclosures;

/// <summary>How a disclosure is written: names of members and kinds in lower case with underscores, what is not known left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Disclosure))]
internal sealed partial class DisclosureJsonContext : JsonSerializerContext;
