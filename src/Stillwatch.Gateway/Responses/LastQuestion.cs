using System.Text.Json;
using Stillwatch.Gateway.Dialects;

namespace Stillwatch.Gateway.Responses;

/// <summary>Finds what a request's user says last.</summary>
internal static class LastQuestion
{
    /// <summary>Longer texts are no question for a trap fact, and are not looked at.</summary>
    private const int MaxBytes = 1024;

    private const int MaxDepth = 512;

    /// <summary>The text of the last message, if it is the user's and nothing but one text.</summary>
    /// <param name="body">The body.</param>
    /// <param name="facts">Where the conversation is in it.</param>
    public static string? Of(ReadOnlySpan<byte> body, RequestFacts facts)
    {
        var value = body.IsEmpty ? body : body[facts.Content.Messages];
        if (value.IsEmpty)
        {
            return null;
        }

        var json = new Utf8JsonReader(value, new JsonReaderOptions { MaxDepth = MaxDepth });
        json.Read();
        return json.TokenType is JsonTokenType.StartArray ? OfList(ref json) : Text(json);
    }

    private static string? OfList(ref Utf8JsonReader json)
    {
        var last = json;
        var isAny = false;
        while (json.Read() && json.TokenType is not JsonTokenType.EndArray)
        {
            last = json;
            isAny = true;
            json.Skip();
        }

        return !isAny ? null : last.TokenType is JsonTokenType.StartObject ? OfMessage(last) : Text(last);
    }

    private static string? OfMessage(Utf8JsonReader json)
    {
        string? text = null;
        var isUsers = false;
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            var isRole = json.IsNamed("role"u8);
            var isContent = json.IsNamed("content"u8);
            json.Read();
            isUsers |= isRole && json.IsText("user"u8);
            text = isContent ? OfContent(json) : text;
            json.Skip();
        }

        return isUsers ? text : null;
    }

    /// <summary>A text, or a list of one part with a text.</summary>
    private static string? OfContent(Utf8JsonReader json)
    {
        if (json.TokenType is not JsonTokenType.StartArray)
        {
            return Text(json);
        }

        string? text = null;
        var parts = 0;
        while (json.Read() && json.TokenType is JsonTokenType.StartObject)
        {
            parts++;
            while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
            {
                var isText = json.IsNamed("text"u8);
                json.Read();
                text = isText ? Text(json) : text;
                json.Skip();
            }
        }

        return parts == 1 ? text : null;
    }

    private static string? Text(in Utf8JsonReader json)
    {
        if (json.TokenType is not JsonTokenType.String || json.ValueSpan.Length > MaxBytes)
        {
            return null;
        }

        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair is in no cue.
            return null;
        }
    }
}
