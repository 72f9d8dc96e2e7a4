using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Stillwatch.Interactions;

namespace Stillwatch.Store.Ingestion;

/// <summary>Writes lists of a request as the store keeps their texts.</summary>
/// <remarks>Reusable; what a call returns is valid until the next. Not thread-safe.</remarks>
internal sealed class ContentJson
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>A JSON array of objects with <c>role</c> and <c>content</c>; empty for no messages.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="withSystem">Whether messages of role system and developer are kept too.</param>
    public ReadOnlySpan<byte> Messages(IReadOnlyList<PromptMessage> messages, bool withSystem) =>
        messages.Count == 0 ? [] : Array(json =>
        {
            foreach (var message in messages)
            {
                if (withSystem || message.Role is not ("system" or "developer"))
                {
                    Write(json, message);
                }
            }
        });

    /// <summary>A JSON array of names; empty for no tools.</summary>
    public ReadOnlySpan<byte> Tools(IReadOnlyList<string> tools) => tools.Count == 0 ? [] : Array(json =>
    {
        foreach (var tool in tools)
        {
            json.WriteStringValue(tool);
        }
    });

    private ReadOnlySpan<byte> Array(Action<Utf8JsonWriter> elements)
    {
        _buffer.ResetWrittenCount();
        using var json = new Utf8JsonWriter(_buffer, Options);
        json.WriteStartArray();
        elements(json);
        json.WriteEndArray();
        json.Flush();
        return _buffer.WrittenSpan;
    }

    private static void Write(Utf8JsonWriter json, in PromptMessage message)
    {
        json.WriteStartObject();
        json.WriteString("role"u8, message.Role);
        json.WriteString("content"u8, message.Content.Span);
        json.WriteEndObject();
    }
}
