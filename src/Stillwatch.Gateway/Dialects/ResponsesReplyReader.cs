using System.Text.Json;

namespace Stillwatch.Gateway.Dialects;

/// <summary>Replies of OpenAI's responses.</summary>
/// <remarks>
/// The events <c>….done</c> and <c>response.completed</c> repeat the text that the deltas gave, so of events only deltas count as text.
/// </remarks>
internal sealed class ResponsesReplyReader(int textLimit) : ReplyReader(textLimit)
{
    /// <inheritdoc/>
    protected override void ReadRoot(ref Utf8JsonReader json, ReadOnlySpan<byte> eventName, bool isEvent)
    {
        if (isEvent)
        {
            ReadEventMembers(ref json, eventName.IsEmpty ? TypeOf(json) : eventName);
        }
        else
        {
            ReadResponse(ref json, withOutput: true);
        }
    }

    private static ReadOnlySpan<byte> TypeOf(Utf8JsonReader json)
    {
        for (var inside = false; Member(ref json, ref inside);)
        {
            var isType = json.IsNamed("type"u8);
            json.Read();
            if (isType && json.TokenType is JsonTokenType.String)
            {
                return json.ValueSpan;
            }

            json.Skip();
        }

        return default;
    }

    private void ReadEventMembers(ref Utf8JsonReader json, ReadOnlySpan<byte> type)
    {
        for (var inside = false; Member(ref json, ref inside);)
        {
            var name = json.ValueSpan;
            json.Read();
            if (name.SequenceEqual("response"u8))
            {
                ReadResponse(ref json, withOutput: false);
            }
            else if (name.SequenceEqual("delta"u8))
            {
                ReadDelta(ref json, type);
            }
            else if (name.SequenceEqual("sequence_number"u8) && json.TokenType is JsonTokenType.Number && json.TryGetInt64(out var number))
            {
                NextSequenceNumber = number + 1;
            }
            else
            {
                json.Skip();
            }
        }
    }

    private void ReadDelta(ref Utf8JsonReader json, ReadOnlySpan<byte> type)
    {
        if (type.StartsWith("response.output_text."u8) || type.StartsWith("response.refusal."u8))
        {
            TakeText(ref json);
        }
        else if (type.StartsWith("response.reasoning"u8))
        {
            CountReasoning(ref json);
        }
        else
        {
            CountArguments(ref json);
        }
    }

    private void ReadResponse(ref Utf8JsonReader json, bool withOutput)
    {
        for (var inside = false; Member(ref json, ref inside);)
        {
            var name = json.ValueSpan;
            json.Read();
            if (name.SequenceEqual("usage"u8))
            {
                ReadUsage(ref json);
            }
            else if (name.SequenceEqual("status"u8) && json.TokenType is JsonTokenType.String && !json.IsNamed("in_progress"u8))
            {
                TakeReason(ref json);
            }
            else if (name.SequenceEqual("output"u8) && withOutput)
            {
                ReadItems(ref json);
            }
            else
            {
                json.Skip();
            }
        }
    }

    private void ReadItems(ref Utf8JsonReader json)
    {
        for (var inside = false; Element(ref json, ref inside);)
        {
            ReadItem(ref json);
        }
    }

    /// <summary>A message with parts, a call with arguments, or reasoning with a summary.</summary>
    private void ReadItem(ref Utf8JsonReader json)
    {
        for (var inside = false; Member(ref json, ref inside);)
        {
            var name = json.ValueSpan;
            json.Read();
            if (name.SequenceEqual("content"u8) || name.SequenceEqual("summary"u8))
            {
                ReadItems(ref json);
            }
            else if (name.SequenceEqual("text"u8) || name.SequenceEqual("refusal"u8))
            {
                TakeText(ref json);
            }
            else if (name.SequenceEqual("arguments"u8))
            {
                CountArguments(ref json);
            }
            else
            {
                json.Skip();
            }
        }
    }
}
