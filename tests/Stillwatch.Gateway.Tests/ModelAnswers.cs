using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Stillwatch.Gateway.Tests;

/// <summary>Answers as OpenAI's and Anthropic's servers do, from fixed bytes.</summary>
internal static class ModelAnswers
{
    /// <summary>The bytes that a request is answered with.</summary>
    public static string Of(string path, bool stream) => (path, stream) switch
    {
        ("/v1/chat/completions", false) => ChatBody,
        ("/v1/chat/completions", true) => ChatStream,
        ("/v1/completions", false) => CompletionBody,
        ("/v1/completions", true) => CompletionStream,
        ("/v1/responses", false) => ResponsesBody,
        ("/v1/responses", true) => ResponsesStream,
        ("/v1/embeddings", _) => EmbeddingsBody,
        ("/v1/messages", false) => MessagesBody,
        ("/v1/messages", true) => MessagesStream,
        ("/v1/messages/count_tokens", _) => """{"input_tokens": 17}""",
        _ => """{"unknown": true}""",
    };

    public static async Task AnswerAsync(HttpContext http, Received request)
    {
        var stream = IsStream(request.Body);
        var bytes = Encoding.UTF8.GetBytes(Of(http.Request.Path, stream));
        http.Response.ContentType = stream ? "text/event-stream; charset=utf-8" : "application/json";
        http.Response.Headers["x-request-id"] = "upstream-1";
        if (!stream)
        {
            http.Response.ContentLength = bytes.Length;
        }

        await http.Response.Body.WriteAsync(bytes);
    }

    public static bool IsStream(byte[] body)
    {
        if (body.Length == 0 || body[0] != '{')
        {
            return false;
        }

        using var json = JsonDocument.Parse(body);
        return json.RootElement.TryGetProperty("stream", out var stream) && stream.ValueKind is JsonValueKind.True;
    }

    public static string ChatBody { get; } = Corpus("chat.json");

    public static string ChatStream { get; } = Corpus("chat.sse");

    public static string CompletionBody { get; } = Corpus("completions.json");

    public static string CompletionStream { get; } = Corpus("completions.sse");

    public static string ResponsesBody { get; } = Corpus("responses.json");

    public static string ResponsesStream { get; } = Corpus("responses.sse");

    public static string EmbeddingsBody { get; } = Corpus("embeddings.json");

    public static string MessagesBody { get; } = Corpus("messages.json");

    public static string MessagesStream { get; } = Corpus("messages.sse");

    /// <summary>The files of Dialects/corpus, byte for byte.</summary>
    private static string Corpus(string file)
    {
        using var stream = typeof(ModelAnswers).Assembly.GetManifestResourceStream($"corpus.{file}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
