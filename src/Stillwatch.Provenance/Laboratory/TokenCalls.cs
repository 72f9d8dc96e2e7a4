using System.Buffers;
using System.Text.Json;

namespace Stillwatch.Provenance.Laboratory;

/// <summary>What the laboratory's server answers beside completions: tokens of texts, texts of tokens, logits.</summary>
/// <remarks>
/// <c>/tokenize</c> and <c>/detokenize</c> are vLLM's. <c>/logits</c> is the laboratory's own: all of them, one a token, null for one that
/// cannot come, as <c>stillwatch mark embed --logits</c> reads them.
/// </remarks>
internal static class TokenCalls
{
    private const int MaxTokens = 1 << 20;

    /// <summary>Whether a path is one of these.</summary>
    public static bool Knows(string? path) => path is "/tokenize" or "/detokenize" or "/logits";

    /// <summary>Answers; false if the request cannot be done.</summary>
    public static bool Answer(IBufferWriter<byte> output, string path, JsonElement root, LaboratoryModel model)
    {
        if (path == "/detokenize")
        {
            return TokensOf(root, model.Model.Vocabulary) is { } tokens && WriteText(output, model, tokens);
        }

        var read = TokensOf(root, model.Model.Vocabulary)
            ?? (root.TryGetProperty("prompt", out var prompt) && prompt.ValueKind is JsonValueKind.String
                ? model.Read(prompt.GetString()!)
                : null);
        return read is not null && (path == "/tokenize" ? WriteTokens(output, read) : WriteLogits(output, model.Model, read));
    }

    private static List<int>? TokensOf(JsonElement root, int vocabulary)
    {
        if (!root.TryGetProperty("tokens", out var member) || member.ValueKind is not JsonValueKind.Array
            || member.GetArrayLength() > MaxTokens)
        {
            return null;
        }

        var tokens = new List<int>();
        foreach (var element in member.EnumerateArray())
        {
            if (element.ValueKind is not JsonValueKind.Number || !element.TryGetInt32(out var token) || (uint)token >= (uint)vocabulary)
            {
                return null;
            }

            tokens.Add(token);
        }

        return tokens;
    }

    private static bool WriteText(IBufferWriter<byte> output, LaboratoryModel model, List<int> tokens)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("prompt", string.Concat(tokens.Select(model.TextOf)).TrimStart());
        json.WriteEndObject();
        return true;
    }

    private static bool WriteTokens(IBufferWriter<byte> output, List<int> tokens)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteNumber("count", tokens.Count);
        json.WriteStartArray("tokens");
        tokens.ForEach(json.WriteNumberValue);
        json.WriteEndArray();
        json.WriteEndObject();
        return true;
    }

    private static bool WriteLogits(IBufferWriter<byte> output, ILanguageModel model, List<int> context)
    {
        var logits = new float[model.Vocabulary];
        model.FillLogits(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(context), logits);
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteStartArray("logits");
        foreach (var logit in logits)
        {
            if (float.IsFinite(logit))
            {
                json.WriteNumberValue(logit);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return true;
    }
}
