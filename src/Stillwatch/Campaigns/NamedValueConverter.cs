using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stillwatch.Campaigns;

/// <summary>A value of a small set, written by its name.</summary>
/// <param name="kind">What a value is called in an error, with its article.</param>
/// <param name="names">Every value once, with its name.</param>
/// <typeparam name="T">The set.</typeparam>
internal abstract class NamedValueConverter<T>(string kind, params (string Name, T Value)[] names) : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        var place = Array.FindIndex(names, named => named.Name == text);
        return place >= 0 ? names[place].Value : throw new JsonException($"{kind} is one of {Choices()}");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        var place = Array.FindIndex(names, named => EqualityComparer<T>.Default.Equals(named.Value, value));
        writer.WriteStringValue(place >= 0
            ? names[place].Name
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"No value of {typeof(T).Name}."));
    }

    private string Choices() =>
        string.Join(", ", names.SkipLast(1).Select(static named => $"\"{named.Name}\"")) + $" and \"{names[^1].Name}\"";
}
