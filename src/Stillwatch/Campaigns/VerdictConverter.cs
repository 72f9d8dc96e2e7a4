using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stillwatch.Campaigns;

internal sealed class VerdictConverter : JsonConverter<Verdict>
{
    public override Verdict Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        (reader.TokenType == JsonTokenType.String ? reader.GetString() : null) switch
        {
            "review" => Verdict.Review,
            "restrict" => Verdict.Restrict,
            "block" => Verdict.Block,
            _ => throw new JsonException("a verdict is one of \"review\", \"restrict\" and \"block\""),
        };

    public override void Write(Utf8JsonWriter writer, Verdict value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value switch
        {
            Verdict.Review => "review",
            Verdict.Restrict => "restrict",
            Verdict.Block => "block",
            _ => throw new ArgumentOutOfRangeException(nameof(value), value, "No such verdict."),
        });
}
