using System.Text.Json.Serialization;

namespace Stillwatch.Evidence.Sharing.Stix;

/// <summary>How objects are written: names with underscores, ids and times as STIX has them, what is not said left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    WriteIndented = true,
    Converters = [typeof(StixIdConverter), typeof(StixTimestampConverter)])]
[JsonSerializable(typeof(StixBundle))]
[JsonSerializable(typeof(StixObject))]
internal sealed partial class StixJsonContext : JsonSerializerContext;
