using System.Text.Json;
using Stillwatch.Gateway.Dialects;

namespace Stillwatch.Gateway.Responses;

/// <summary>Takes reasoning out of one reply; every other byte stays as it is. Used by one thread at a time.</summary>
/// <remarks>
/// Chat completions: the members <c>reasoning</c> (DeepSeek, vLLM from 0.11 on: a text), <c>reasoning_content</c>,
/// <c>reasoning_details</c> of a message go, and the probabilities of its choice with them, because they name its tokens. Responses:
/// events of reasoning go, and items of the type <c>reasoning</c> lose content and summary but stay, with what is encrypted in them.
/// Messages: a block of thinking stays, with its signature and no text. Reasoning that a model server writes into the text of completions
/// itself goes too (<see cref="InlineReasoning"/>); into that of the other dialects none is known to.
/// </remarks>
/// <param name="endpoint">What was called.</param>
/// <param name="treatment">What is given.</param>
/// <param name="inline">Takes it out of texts; null where none stands there.</param>
internal sealed class ReasoningRemoval(ApiEndpoint endpoint, ReasoningTreatment treatment, InlineReasoning? inline)
{
    private const int MaxDepth = 256;

    /// <summary>How many events or bodies lost something.</summary>
    public int Count { get; private set; }

    /// <summary>The removal for a request; null where its reply stays as it is.</summary>
    /// <param name="endpoint">What was called.</param>
    /// <param name="treatment">What is given.</param>
    /// <param name="isOpened">Whether texts of the model begin within reasoning.</param>
    public static ReasoningRemoval? For(ApiEndpoint endpoint, ReasoningTreatment treatment, bool isOpened) => (endpoint, treatment) switch
    {
        (_, ReasoningTreatment.Kept) => null,

        // The messages API summarises by itself, and nothing tells a summary from what it summarises.
        (ApiEndpoint.Messages, ReasoningTreatment.Summary) => null,
        (ApiEndpoint.ChatCompletions or ApiEndpoint.Completions, _) => new(endpoint, treatment, new(isOpened)),
        (ApiEndpoint.Responses or ApiEndpoint.Messages, _) => new(endpoint, treatment, inline: null),
        _ => null,
    };

    /// <summary>Takes it out of an event's data or of a whole reply.</summary>
    /// <param name="data">JSON; what is none stays.</param>
    /// <param name="edited">The data without; null if nothing changes.</param>
    /// <returns>False if the whole event goes.</returns>
    public bool TryEdit(ReadOnlySpan<byte> data, out byte[]? edited)
    {
        edited = null;
        var mayHave = data.IndexOf("reasoning"u8) >= 0 || data.IndexOf("thinking"u8) >= 0;
        if (mayHave && !TryRemove(data, out edited))
        {
            Count++;
            return false;
        }

        edited = inline?.Edit(edited ?? data) ?? edited;
        Count += edited is null ? 0 : 1;
        return true;
    }

    private bool TryRemove(ReadOnlySpan<byte> data, out byte[]? edited)
    {
        edited = null;
        try
        {
            var json = new Utf8JsonReader(data, new JsonReaderOptions { MaxDepth = MaxDepth });
            if (!json.Read() || json.TokenType is not JsonTokenType.StartObject)
            {
                return true;
            }

            if (IsOfReasoning(json))
            {
                return false;
            }

            var edits = new JsonEdits();
            Read(ref json, data, edits);
            edited = edits.Any ? edits.Apply(data) : null;
        }
        catch (JsonException)
        {
            // What clients cannot read either tells them nothing.
        }

        return true;
    }

    /// <summary>Whether an event carries nothing but reasoning.</summary>
    private bool IsOfReasoning(Utf8JsonReader json)
    {
        if (endpoint is ApiEndpoint.ChatCompletions or ApiEndpoint.Completions || TypeOf(json) is not { } type)
        {
            return false;
        }

        if (endpoint is ApiEndpoint.Messages)
        {
            return type == "content_block_delta" && TypeWithin(json, "delta") == "thinking_delta";
        }

        var isSummary = type.StartsWith("response.reasoning_summary", StringComparison.Ordinal);
        return isSummary
            ? treatment is ReasoningTreatment.Hidden
            : type.StartsWith("response.reasoning", StringComparison.Ordinal)
                || (type.StartsWith("response.content_part.", StringComparison.Ordinal) && TypeWithin(json, "part") == "reasoning_text");
    }

    private void Read(ref Utf8JsonReader json, ReadOnlySpan<byte> text, JsonEdits edits)
    {
        var type = json.TokenType is JsonTokenType.StartObject ? TypeOf(json) : null;
        var isReasoned = endpoint is ApiEndpoint.ChatCompletions && json.TokenType is JsonTokenType.StartObject && IsReasoned(json);
        var items = new JsonItems(text, edits);
        while (items.Next(ref json))
        {
            if (json.TokenType is JsonTokenType.PropertyName)
            {
                ReadMember((type, isReasoned), ref items, ref json, text, edits);
                continue;
            }

            items.Keep(ref json);
            Descend(ref json, text, edits);
        }
    }

    private void ReadMember(
        (string? Type, bool IsReasoned) within, ref JsonItems items, ref Utf8JsonReader json, ReadOnlySpan<byte> text, JsonEdits edits)
    {
        if (endpoint is ApiEndpoint.ChatCompletions && IsChatReasoning(json))
        {
            items.Remove(ref json);
            return;
        }

        if (within.IsReasoned && json.IsNamed("logprobs"u8))
        {
            items.Keep(ref json);
            var start = (int)json.TokenStartIndex;
            json.Skip();
            edits.Replace(start, (int)json.BytesConsumed, "null"u8);
            return;
        }

        var isGone = (within.Type, endpoint) switch
        {
            ("reasoning", ApiEndpoint.Responses) => json.IsNamed("content"u8)
                || (json.IsNamed("summary"u8) && treatment is ReasoningTreatment.Hidden),
            ("thinking", ApiEndpoint.Messages) => json.IsNamed("thinking"u8),
            _ => false,
        };
        var isInput = json.IsNamed("input"u8);
        items.Keep(ref json);
        if (isGone)
        {
            Empty(ref json, edits);
        }
        else if (isInput)
        {
            // The input of a tool is the model's own JSON, whatever its members are called.
            json.Skip();
        }
        else
        {
            Descend(ref json, text, edits);
        }
    }

    private void Descend(ref Utf8JsonReader json, ReadOnlySpan<byte> text, JsonEdits edits)
    {
        if (json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            Read(ref json, text, edits);
        }
    }

    /// <summary>A list becomes an empty one, a text an empty one; what is empty already, or null, stays.</summary>
    private static void Empty(ref Utf8JsonReader json, JsonEdits edits)
    {
        var (start, kind) = ((int)json.TokenStartIndex, json.TokenType);
        json.Skip();
        var end = (int)json.BytesConsumed;
        if (kind is JsonTokenType.StartArray or JsonTokenType.String && end - start > 2)
        {
            edits.Replace(start, end, kind is JsonTokenType.StartArray ? "[]"u8 : "\"\""u8);
        }
    }

    /// <summary>
    /// By value: the reader of the caller stays where it is. <c>reasoning</c> that is an object says how it was asked for.
    /// </summary>
    private static bool IsChatReasoning(Utf8JsonReader json)
    {
        var isAlways = json.IsNamed("reasoning_content"u8) || json.IsNamed("reasoning_details"u8);
        var isText = json.IsNamed("reasoning"u8);
        json.Read();
        return (isAlways && json.TokenType is not JsonTokenType.Null) || (isText && json.TokenType is JsonTokenType.String);
    }

    /// <summary>Whether the object that the reader stands on is a choice with reasoning in its message; by value, as above.</summary>
    private static bool IsReasoned(Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            var isMessage = json.IsNamed("message"u8) || json.IsNamed("delta"u8);
            json.Read();
            if (isMessage && json.TokenType is JsonTokenType.StartObject && HasReasoning(json))
            {
                return true;
            }

            json.Skip();
        }

        return false;
    }

    private static bool HasReasoning(Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            if (IsChatReasoning(json))
            {
                return true;
            }

            json.Read();
            json.Skip();
        }

        return false;
    }

    /// <summary>The member <c>type</c> of the object that the reader stands on; by value, as above.</summary>
    private static string? TypeOf(Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            var isType = json.IsNamed("type"u8);
            json.Read();
            if (isType)
            {
                return json.TokenType is JsonTokenType.String ? json.GetString() : null;
            }

            json.Skip();
        }

        return null;
    }

    private static string? TypeWithin(Utf8JsonReader json, string member)
    {
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            var isMember = json.ValueTextEquals(member);
            json.Read();
            if (isMember)
            {
                return json.TokenType is JsonTokenType.StartObject ? TypeOf(json) : null;
            }

            json.Skip();
        }

        return null;
    }
}
