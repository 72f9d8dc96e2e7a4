using System.Text.Json;

namespace Stillwatch.Gateway.Dialects;

/// <summary>Replies of Anthropic's messages.</summary>
internal sealed class MessagesReplyReader(int textLimit) : ReplyReader(textLimit)
{
    /// <inheritdoc/>
    /// <remarks>
    /// The events need not be told apart: each has its members under other names. <c>message_start</c> has a message with usage, a
    /// block's delta has text, thinking or partial JSON, <c>message_delta</c> has a delta with the stop reason beside the usage.
    /// </remarks>
    protected override void ReadRoot(ref Utf8JsonReader json, ReadOnlySpan<byte> eventName, bool isEvent)
    {
        for (var inside = false; Member(ref json, ref inside);)
        {
            var name = json.ValueSpan;
            json.Read();
            if (name.SequenceEqual("message"u8))
            {
                ReadRoot(ref json, eventName, isEvent);
            }
            else if (name.SequenceEqual("usage"u8))
            {
                ReadUsage(ref json);
            }
            else if (name.SequenceEqual("content"u8))
            {
                ReadBlocks(ref json);
            }
            else if (name.SequenceEqual("delta"u8))
            {
                ReadBlock(ref json);
            }
            else if (name.SequenceEqual("stop_reason"u8))
            {
                TakeReason(ref json);
            }
            else
            {
                json.Skip();
            }
        }
    }

    private void ReadBlocks(ref Utf8JsonReader json)
    {
        for (var inside = false; Element(ref json, ref inside);)
        {
            ReadBlock(ref json);
        }
    }

    private void ReadBlock(ref Utf8JsonReader json)
    {
        for (var inside = false; Member(ref json, ref inside);)
        {
            var name = json.ValueSpan;
            json.Read();
            if (name.SequenceEqual("text"u8))
            {
                TakeText(ref json);
            }
            else if (name.SequenceEqual("thinking"u8))
            {
                CountReasoning(ref json);
            }
            else if (name.SequenceEqual("partial_json"u8))
            {
                CountArguments(ref json);
            }
            else if (name.SequenceEqual("stop_reason"u8))
            {
                TakeReason(ref json);
            }
            else
            {
                json.Skip();
            }
        }
    }
}
