using System.Text.Json;

namespace Stillwatch.Gateway.Dialects;

/// <summary>Compares names of members, whatever escapes they are written with.</summary>
internal static class MemberNames
{
    /// <summary>Whether the name or text that the reader stands on is the given one.</summary>
    public static bool IsNamed(this ref Utf8JsonReader json, ReadOnlySpan<byte> name)
    {
        if (!json.ValueIsEscaped)
        {
            return json.ValueSpan.SequenceEqual(name);
        }

        try
        {
            return json.ValueTextEquals(name);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: that is no name anybody gives.
            return false;
        }
    }

    /// <summary>Whether the value that the reader stands on is the given text.</summary>
    public static bool IsText(this ref Utf8JsonReader json, ReadOnlySpan<byte> text) =>
        json.TokenType is JsonTokenType.String && json.IsNamed(text);
}
