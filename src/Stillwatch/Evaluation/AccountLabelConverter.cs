using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stillwatch.Evaluation;

internal sealed class AccountLabelConverter : JsonConverter<AccountLabel>
{
    public override AccountLabel Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        (reader.TokenType == JsonTokenType.String ? reader.GetString() : null) switch
        {
            "benign" => AccountLabel.Benign,
            "campaign" => AccountLabel.Campaign,
            _ => throw new JsonException("a label is \"benign\" or \"campaign\""),
        };

    public override void Write(Utf8JsonWriter writer, AccountLabel value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value == AccountLabel.Campaign ? "campaign" : "benign");
}
