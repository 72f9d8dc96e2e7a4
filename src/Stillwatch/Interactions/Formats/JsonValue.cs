using System.Text.Json;

namespace Stillwatch.Interactions.Formats;

/// <summary>What messages call values of JSON.</summary>
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
}
