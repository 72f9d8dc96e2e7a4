using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Stillwatch.Provenance.Laboratory;

/// <summary>Writes completions in OpenAI's form, whole or as events.</summary>
internal static class CompletionWriter
{
    /// <summary>Writes a whole reply.</summary>
    public static void WriteWhole(
        IBufferWriter<byte> output, LaboratoryModel model, CompletionCall call, IReadOnlyList<List<CompletionPosition>> choices)
    {
        using var json = new Utf8JsonWriter(output);
        WriteHead(json, call, call.IsChat ? "chat.completion" : "text_completion");
        json.WriteStartArray("choices");
        for (var i = 0; i < choices.Count; i++)
        {
            WriteChoice(json, model, call, i, choices[i], isLast: true);
        }

        json.WriteEndArray();
        var written = choices.Sum(static choice => choice.Count);
        var read = model.Read(call.Text).Count;
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", read);
        json.WriteNumber("completion_tokens", written);
        json.WriteNumber("total_tokens", read + written);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes the event of one token.</summary>
    public static void WriteEvent(
        IBufferWriter<byte> output, LaboratoryModel model, CompletionCall call, int choice, CompletionPosition position, bool isLast)
    {
        output.Write("data: "u8);
        using (var json = new Utf8JsonWriter(output))
        {
            WriteHead(json, call, call.IsChat ? "chat.completion.chunk" : "text_completion");
            json.WriteStartArray("choices");
            WriteChoice(json, model, call, choice, [position], isLast, "delta");
            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.Write("\n\n"u8);
    }

    private static void WriteHead(Utf8JsonWriter json, CompletionCall call, string kind)
    {
        json.WriteStartObject();
        json.WriteString("id", "lab-1");
        json.WriteString("object", kind);
        json.WriteNumber("created", 0);
        json.WriteString("model", call.Model);
    }

    private static void WriteChoice(
        Utf8JsonWriter json, LaboratoryModel model, CompletionCall call, int index, List<CompletionPosition> positions, bool isLast,
        string container = "message")
    {
        var text = string.Concat(positions.Select(position => model.TextOf(position.Token)));
        json.WriteStartObject();
        json.WriteNumber("index", index);
        if (call.IsChat)
        {
            json.WriteStartObject(container);
            json.WriteString("role", "assistant");
            json.WriteString("content", text);
            json.WriteEndObject();
        }
        else
        {
            json.WriteString("text", text);
        }

        WriteLogprobs(json, model, call, positions);
        if (isLast)
        {
            json.WriteString("finish_reason", "length");
        }
        else
        {
            json.WriteNull("finish_reason");
        }

        json.WriteEndObject();
    }

    private static void WriteLogprobs(Utf8JsonWriter json, LaboratoryModel model, CompletionCall call, List<CompletionPosition> positions)
    {
        if (call.Alternatives is null)
        {
            json.WriteNull("logprobs");
            return;
        }

        json.WriteStartObject("logprobs");
        if (call.IsChat)
        {
            json.WriteStartArray("content");
            positions.ForEach(position => WritePosition(json, model, position));
            json.WriteEndArray();
        }
        else
        {
            WriteLists(json, model, positions);
        }

        json.WriteEndObject();
    }

    private static void WritePosition(Utf8JsonWriter json, LaboratoryModel model, CompletionPosition position)
    {
        json.WriteStartObject();
        WriteToken(json, model.TextOf(position.Token), position.Logprob);
        json.WriteStartArray("top_logprobs");
        foreach (var (token, logprob) in position.Alternatives)
        {
            json.WriteStartObject();
            WriteToken(json, model.TextOf(token), logprob);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteToken(Utf8JsonWriter json, string text, float logprob)
    {
        json.WriteString("token", text);
        json.WriteNumber("logprob", logprob);
        json.WriteStartArray("bytes");
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }

    private static void WriteLists(Utf8JsonWriter json, LaboratoryModel model, List<CompletionPosition> positions)
    {
        json.WriteStartArray("tokens");
        positions.ForEach(position => json.WriteStringValue(model.TextOf(position.Token)));
        json.WriteEndArray();
        json.WriteStartArray("token_logprobs");
        positions.ForEach(position => json.WriteNumberValue(position.Logprob));
        json.WriteEndArray();
        json.WriteStartArray("top_logprobs");
        foreach (var position in positions)
        {
            json.WriteStartObject();
            foreach (var (token, logprob) in position.Alternatives)
            {
                json.WriteNumber(model.TextOf(token), logprob);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
