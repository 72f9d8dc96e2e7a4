using System.Text.Json.Serialization;
using Stillwatch.Campaigns;

namespace Stillwatch.Evaluation;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    WriteIndented = true,
    NewLine = "\n",
    Converters = [typeof(AccountIdConverter), typeof(CampaignIdConverter), typeof(InstantConverter), typeof(AccountLabelConverter)])]
[JsonSerializable(typeof(AccountTruth))]
[JsonSerializable(typeof(EvaluationReport))]
internal sealed partial class EvaluationJsonContext : JsonSerializerContext;
