using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stillwatch.Evidence.Sharing.Stix;

/// <summary>A STIX id as its text.</summary>
internal sealed class StixIdConverter : JsonConverter<StixId>
{
    public override StixId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        StixId.TryParse(reader.GetString(), null, out var id) ? id : throw new JsonException("no STIX id");

    public override void Write(Utf8JsonWriter writer, StixId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
