using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stillwatch.Evidence.Sharing.Stix;

/// <summary>A time as STIX writes it.</summary>
internal sealed class StixTimestampConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        StixTimestamp.TryParse(reader.GetString(), out var time) ? time : throw new JsonException("no STIX timestamp");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(StixTimestamp.Format(value));
}
