using System.Text.Json.Serialization;

namespace Stillwatch.Evidence.Sharing.Taxii.Storage;

/// <summary>How statuses stand in the journal.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TaxiiStatus))]
internal sealed partial class TaxiiJsonContext : JsonSerializerContext;
