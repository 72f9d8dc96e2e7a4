using System.Text.Json;

namespace Stillwatch.Interactions.Formats;

/// <summary>What all readers of JSON do with values.</summary>
internal static class JsonValue
{
    /// <summary>A value that is none of the expected types.</summary>
    public static string Describe(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        _ => "true or false",
    };

    /// <summary>Whether the reader stands on an object, whose members may then be read; anything else is skipped.</summary>
    public static bool TryEnterObject(ref Utf8JsonReader reader) => TryEnter(ref reader, JsonTokenType.StartObject);

    /// <summary>Whether the reader stands on an array, whose elements may then be read; anything else is skipped.</summary>
    public static bool TryEnterArray(ref Utf8JsonReader reader) => TryEnter(ref reader, JsonTokenType.StartArray);

    /// <summary>Steps to the name of the next member; false at the end of the object.</summary>
    public static bool ReadName(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType is JsonTokenType.PropertyName;

    /// <summary>Steps to the next element; false at the end of the array.</summary>
    public static bool ReadElement(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType is not JsonTokenType.EndArray;

    private static bool TryEnter(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType == type)
        {
            return true;
        }

        reader.Skip();
        return false;
    }
}
