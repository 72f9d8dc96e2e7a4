using System.Text.Json;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Observation;

namespace Stillwatch.Gateway.Responses;

/// <summary>Takes out of a request what makes a reply give away probabilities; every other byte stays as it is.</summary>
/// <remarks>
/// Removed are the members <c>logprobs</c>, <c>top_logprobs</c> and <c>logit_bias</c>: from bias and probabilities logits are rebuilt,
/// and from bias alone, by looking for the bias at which the reply changes (Carlini et al., 2024).
/// Of <c>include</c> (responses) goes the entry that asks for
/// probabilities. The body was read strictly before, so that no member is there twice and no text stands after the object.
/// </remarks>
internal static class ProbabilityRemoval
{
    private const int MaxDepth = 256;

    /// <summary>Whether there is anything to remove.</summary>
    public static bool Applies(RequestFacts facts) =>
        facts.Logprobs == true || facts.TopLogprobs > 0 || facts.IncludesLogprobs || facts.LogitBias > 0;

    /// <summary>The body without it.</summary>
    public static byte[] Apply(ReadOnlySpan<byte> body)
    {
        using var output = new ByteBuffer(body.Length);
        var json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
        json.Read();
        Copy(ref json, body, output);
        return output.Span.ToArray();
    }

    /// <summary>
    /// Copies an object up to the reader's end. A member that goes takes the comma and the space before it along; of the first one that
    /// stays, that comma goes.
    /// </summary>
    private static void Copy(ref Utf8JsonReader json, ReadOnlySpan<byte> body, ByteBuffer output)
    {
        var copied = (int)json.BytesConsumed;
        output.Append(body[..copied]);
        var isFirst = true;
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            var name = (int)json.TokenStartIndex;
            var isRemoved = json.IsNamed("logprobs"u8) || json.IsNamed("top_logprobs"u8) || json.IsNamed("logit_bias"u8);
            var isInclude = json.IsNamed("include"u8);
            json.Read();
            var value = (int)json.TokenStartIndex;
            if (!isRemoved)
            {
                var between = body[copied..name];
                var comma = between.IndexOf((byte)',');
                output.Append(isFirst && comma >= 0 ? between[(comma + 1)..] : between);
                output.Append(body[name..value]);
                isFirst = false;
                CopyValue(ref json, body, output, isInclude);
            }

            json.Skip();
            copied = (int)json.BytesConsumed;
        }

        output.Append(body[copied..]);
    }

    private static void CopyValue(ref Utf8JsonReader json, ReadOnlySpan<byte> body, ByteBuffer output, bool isInclude)
    {
        var start = (int)json.TokenStartIndex;
        if (!isInclude || json.TokenType is not JsonTokenType.StartArray)
        {
            json.Skip();
            output.Append(body[start..(int)json.BytesConsumed]);
            return;
        }

        output.Append("["u8);
        var isFirst = true;
        while (json.Read() && json.TokenType is not JsonTokenType.EndArray)
        {
            var item = (int)json.TokenStartIndex;
            var isRemoved = json.IsText("message.output_text.logprobs"u8);
            json.Skip();
            if (!isRemoved)
            {
                output.Append(isFirst ? ""u8 : ","u8);
                output.Append(body[item..(int)json.BytesConsumed]);
                isFirst = false;
            }
        }

        output.Append("]"u8);
    }
}
