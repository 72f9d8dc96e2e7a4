using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stillwatch.Campaigns;

internal sealed class CampaignIdConverter : JsonConverter<CampaignId>
{
    public override CampaignId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && CampaignId.TryParse(reader.GetString(), provider: null, out var id)
            ? id
            : throw new JsonException($"a campaign's id is a string of 1 to {CampaignId.MaxLength} characters");

    public override void Write(Utf8JsonWriter writer, CampaignId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
