using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stillwatch.Campaigns;

/// <summary>RFC 3339 with an offset; written in UTC to the millisecond, the precision of the store.</summary>
internal sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    private const string Written = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private static readonly string[] Accepted =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'",
    ];

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryParse(reader.GetString(), out var instant)
            ? instant
            : throw new JsonException("a time is written as RFC 3339 with an offset, such as 2026-03-01T12:00:00Z");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString(Written, CultureInfo.InvariantCulture));

    private static bool TryParse(string? text, out DateTimeOffset instant) =>
        DateTimeOffset.TryParseExact(
            text?.ToUpperInvariant(), Accepted, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant);
}
