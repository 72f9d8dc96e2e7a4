using System.Text.Json.Serialization;

namespace Stillwatch.Campaigns;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    WriteIndented = true,
    NewLine = "\n",
    Converters =
    [
        typeof(AccountIdConverter), typeof(CampaignIdConverter), typeof(VerdictConverter), typeof(ConsequenceConverter),
        typeof(InstantConverter),
    ])]
[JsonSerializable(typeof(Findings))]
internal sealed partial class FindingsJsonContext : JsonSerializerContext;
