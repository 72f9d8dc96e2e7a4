using System.Buffers;
using System.Text.Json;

namespace Stillwatch.Gateway.Dialects;

/// <summary>Replies of OpenAI's chat completions, completions and embeddings.</summary>
/// <param name="textLimit">The most bytes of text that are kept; 0 to keep none.</param>
/// <param name="isText">Whether choices have a text (completions) and no message.</param>
internal sealed class CompletionReplyReader(int textLimit, bool isText) : ReplyReader(textLimit)
{
    /// <summary>More choices than these are not ended one by one; nobody offers as many.</summary>
    private const int MaxChoices = 128;

    private UInt128 _finished;

    /// <inheritdoc/>
    /// <remarks>
    /// A chunk with <c>finish_reason: "length"</c> for every choice that has none yet, the usage where it was asked for, <c>[DONE]</c>.
    /// What identifies the chunks is taken from the one that is held back.
    /// </remarks>
    public override bool TryWriteEnd(IBufferWriter<byte> output, in StreamCut cut)
    {
        if (TryParse(cut.HeldBack) is not { } held)
        {
            return false;
        }

        using (held)
        {
            var choices = Math.Clamp(cut.Facts.Choices ?? 1, 1, MaxChoices);
            WriteChunk(output, held.RootElement, json =>
            {
                json.WriteStartArray("choices");
                for (var index = 0; index < choices; index++)
                {
                    if ((_finished >> index & 1) == 0)
                    {
                        WriteFinished(json, index);
                    }
                }

                json.WriteEndArray();
            });
            if (cut.Facts.IncludesUsage)
            {
                var (input, written) = (cut.InputTokens, cut.OutputTokens);
                WriteChunk(output, held.RootElement, json =>
                {
                    json.WriteStartArray("choices");
                    json.WriteEndArray();
                    json.WriteStartObject("usage");
                    json.WriteNumber("prompt_tokens", input);
                    json.WriteNumber("completion_tokens", written);
                    json.WriteNumber("total_tokens", (long)input + written);
                    json.WriteEndObject();
                });
            }
        }

        output.Write("data: [DONE]\n\n"u8);
        return true;
    }

    private static void WriteChunk(IBufferWriter<byte> output, JsonElement like, Action<Utf8JsonWriter> content)
    {
        output.Write("data: "u8);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            foreach (var member in like.EnumerateObject())
            {
                if (member.Name is "id" or "object" or "created" or "model" or "system_fingerprint" or "service_tier")
                {
                    member.WriteTo(json);
                }
            }

            content(json);
            json.WriteEndObject();
        }

        output.Write("\n\n"u8);
    }

    private void WriteFinished(Utf8JsonWriter json, int index)
    {
        json.WriteStartObject();
        json.WriteNumber("index", index);
        if (isText)
        {
            json.WriteString("text", "");
        }
        else
        {
            json.WriteStartObject("delta");
            json.WriteEndObject();
        }

        json.WriteNull("logprobs");
        json.WriteString("finish_reason", "length");
        json.WriteEndObject();
    }

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
        var index = -1;
        var isFinished = false;
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
                isFinished = json.TokenType is JsonTokenType.String;
                TakeReason(ref json);
            }
            else if (name.SequenceEqual("index"u8) && json.TokenType is JsonTokenType.Number && json.TryGetInt32(out var number))
            {
                index = number;
            }
            else
            {
                json.Skip();
            }
        }

        _finished |= isFinished && index is >= 0 and < MaxChoices ? UInt128.One << index : 0;
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
