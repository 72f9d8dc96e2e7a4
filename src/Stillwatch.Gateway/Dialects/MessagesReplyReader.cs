using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Stillwatch.Gateway.Dialects;

/// <summary>Replies of Anthropic's messages.</summary>
internal sealed class MessagesReplyReader(int textLimit) : ReplyReader(textLimit)
{
    private bool _isBegun;
    private int? _block;

    /// <inheritdoc/>
    /// <remarks>
    /// <c>content_block_stop</c> where a block is open, <c>message_delta</c> with the stop reason <c>max_tokens</c>, <c>message_stop</c>.
    /// </remarks>
    public override bool TryWriteEnd(IBufferWriter<byte> output, in StreamCut cut)
    {
        if (!_isBegun || StartsMessage(cut.HeldBack))
        {
            return false;
        }

        if (_block is { } open && !StartsBlock(cut.HeldBack))
        {
            Write(output, $"event: content_block_stop\ndata: {{\"type\":\"content_block_stop\",\"index\":{open}}}\n\n");
        }

        Write(
            output,
            "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"max_tokens\",\"stop_sequence\":null},"
            + string.Create(CultureInfo.InvariantCulture, $"\"usage\":{{\"output_tokens\":{cut.OutputTokens}}}}}\n\n"));
        Write(output, "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
        return true;
    }

    private static void Write(IBufferWriter<byte> output, string text) => output.Write(Encoding.UTF8.GetBytes(text));

    private static bool StartsMessage(ReadOnlySpan<byte> data) => data.IndexOf("\"message_start\""u8) >= 0;

    /// <summary>The start of a block that is held back opened none on the client's side.</summary>
    private static bool StartsBlock(ReadOnlySpan<byte> data) => data.IndexOf("\"content_block_start\""u8) >= 0;

    /// <inheritdoc/>
    /// <remarks>
    /// The events need not be told apart: each has its members under other names. <c>message_start</c> has a message with usage, a
    /// block's delta has text, thinking or partial JSON, <c>message_delta</c> has a delta with the stop reason beside the usage.
    /// </remarks>
    protected override void ReadRoot(ref Utf8JsonReader json, ReadOnlySpan<byte> eventName, bool isEvent)
    {
        var isStop = eventName.SequenceEqual("content_block_stop"u8);
        for (var inside = false; Member(ref json, ref inside);)
        {
            var name = json.ValueSpan;
            json.Read();
            if (name.SequenceEqual("message"u8))
            {
                _isBegun = true;
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
            else if (name.SequenceEqual("index"u8) && json.TokenType is JsonTokenType.Number && json.TryGetInt32(out var index))
            {
                _block = isStop ? null : index;
            }
            else
            {
                isStop |= name.SequenceEqual("type"u8) && json.IsText("content_block_stop"u8);
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
