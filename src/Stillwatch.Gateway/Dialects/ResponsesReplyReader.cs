using System.Buffers;
using System.Text.Json;

namespace Stillwatch.Gateway.Dialects;

/// <summary>Replies of OpenAI's responses.</summary>
/// <remarks>
/// The events <c>….done</c> and <c>response.completed</c> repeat the text that the deltas gave, so of events only deltas count as text.
/// </remarks>
/// <param name="textLimit">The most bytes of text that are kept; 0 to keep none.</param>
/// <param name="endLimit">The most bytes that may be kept for the end of a stream that is cut; 0 where it never is.</param>
internal sealed class ResponsesReplyReader(int textLimit, int endLimit) : ReplyReader(textLimit)
{
    private readonly PartialResponse? _partial = endLimit > 0 ? new(endLimit) : null;

    /// <inheritdoc/>
    /// <remarks><c>response.incomplete</c> with the response as far as it has come, for the reason <c>max_output_tokens</c>.</remarks>
    public override bool TryWriteEnd(IBufferWriter<byte> output, in StreamCut cut) =>
        _partial?.TryWrite(output, NextSequenceNumber - 1, cut.InputTokens, cut.OutputTokens) ?? false;

    /// <inheritdoc/>
    protected override void Dispose(bool isDisposing)
    {
        base.Dispose(isDisposing);
        _partial?.Dispose();
    }

    /// <inheritdoc/>
    protected override void Keep(ReadOnlySpan<byte> data) => _partial?.Keep(data);

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
            _partial?.KeepDelta(json);
            TakeText(ref json);
        }
        else if (type.StartsWith("response.reasoning"u8))
        {
            CountReasoning(ref json);
        }
        else
        {
            _partial?.KeepDelta(json);
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
