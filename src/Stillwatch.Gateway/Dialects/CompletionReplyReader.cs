using System.Text.Json;

namespace Stillwatch.Gateway.Dialects;

/// <summary>Replies of OpenAI's chat completions, completions and embeddings.</summary>
internal sealed class CompletionReplyReader(int textLimit) : ReplyReader(textLimit)
{
    /// <inheritdoc/>
    protected override void ReadRoot(ref Utf8JsonReader json, ReadOnlySpan<byte> eventName, bool isEvent)
    {
        for (var inside = false; Member(ref json, ref inside);)
        {
            var isChoices = json.IsNamed("choices"u8);
            var isUsage = json.IsNamed("usage"u8);
            json.Read();
            if (isChoices)
            {
                ReadChoices(ref json);
            }
            else if (isUsage)
            {
                ReadUsage(ref json);
            }
            else
            {
                json.Skip();
            }
        }
    }

    private void ReadChoices(ref Utf8JsonReader json)
    {
        for (var inside = false; Element(ref json, ref inside);)
        {
            ReadChoice(ref json);
        }
    }

    private void ReadChoice(ref Utf8JsonReader json)
    {
        for (var inside = false; Member(ref json, ref inside);)
        {
            var name = json.ValueSpan;
            json.Read();
            if (name.SequenceEqual("delta"u8) || name.SequenceEqual("message"u8))
            {
                ReadMessage(ref json);
            }
            else if (name.SequenceEqual("text"u8))
            {
                TakeText(ref json);
            }
            else if (name.SequenceEqual("finish_reason"u8))
            {
                TakeReason(ref json);
            }
            else
            {
                json.Skip();
            }
        }
    }

    private void ReadMessage(ref Utf8JsonReader json)
    {
        for (var inside = false; Member(ref json, ref inside);)
        {
            var name = json.ValueSpan;
            json.Read();
            if (name.SequenceEqual("content"u8) || name.SequenceEqual("refusal"u8))
            {
                TakeText(ref json);
            }
            else if (name.SequenceEqual("reasoning"u8) || name.SequenceEqual("reasoning_content"u8))
            {
                CountReasoning(ref json);
            }
            else if (name.SequenceEqual("tool_calls"u8))
            {
                ReadToolCalls(ref json);
            }
            else if (name.SequenceEqual("function_call"u8))
            {
                ReadFunction(ref json);
            }
            else
            {
                json.Skip();
            }
        }
    }

    private void ReadToolCalls(ref Utf8JsonReader json)
    {
        for (var inside = false; Element(ref json, ref inside);)
        {
            for (var member = false; Member(ref json, ref member);)
            {
                var isFunction = json.IsNamed("function"u8);
                json.Read();
                if (isFunction)
                {
                    ReadFunction(ref json);
                }
                else
                {
                    json.Skip();
                }
            }
        }
    }

    private void ReadFunction(ref Utf8JsonReader json)
    {
        for (var inside = false; Member(ref json, ref inside);)
        {
            var isOutput = json.IsNamed("arguments"u8) || json.IsNamed("name"u8);
            json.Read();
            if (isOutput)
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
