using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stillwatch.Campaigns;

internal sealed class ConsequenceConverter : JsonConverter<Consequence>
{
    public override Consequence Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        (reader.TokenType == JsonTokenType.String ? reader.GetString() : null) switch
        {
            "clear" => Consequence.Clear,
            "review" => Consequence.Review,
            "restrict" => Consequence.Restrict,
            "block" => Consequence.Block,
            _ => throw new JsonException("a consequence is one of \"clear\", \"review\", \"restrict\" and \"block\""),
        };

    public override void Write(Utf8JsonWriter writer, Consequence value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value switch
        {
            Consequence.Clear => "clear",
            Consequence.Review => "review",
            Consequence.Restrict => "restrict",
            Consequence.Block => "block",
            _ => throw new ArgumentOutOfRangeException(nameof(value), value, "No such consequence."),
        });
}
