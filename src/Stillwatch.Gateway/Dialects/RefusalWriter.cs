using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Stillwatch.Gateway.Dialects;

/// <summary>Writes refusals so that the official clients raise their own errors.</summary>
public static class RefusalWriter
{
    private const int AnthropicOverloaded = 529;

    /// <summary>The HTTP status of a refusal.</summary>
    public static int StatusOf(Dialect dialect, Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return dialect is Dialect.Anthropic && refusal.Reason is RefusalReason.Overloaded
            ? AnthropicOverloaded
            : RefusalShape.Of(refusal.Reason).Status;
    }

    /// <summary>Answers a request whose reply has not begun.</summary>
    /// <param name="response">The reply.</param>
    /// <param name="dialect">The form.</param>
    /// <param name="refusal">What is not given.</param>
    /// <param name="requestId">The request's id, for the operator's logs.</param>
    public static async Task WriteAsync(HttpResponse response, Dialect dialect, Refusal refusal, string requestId)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(refusal);
        var body = new ArrayBufferWriter<byte>(512);
        WriteBody(body, dialect, refusal, requestId);
        response.StatusCode = StatusOf(dialect, refusal);
        response.ContentType = "application/json";
        response.ContentLength = body.WrittenCount;
        if (refusal.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (RefusalShape.Of(refusal.Reason).ShouldRetry is { } retry)
        {
            response.Headers["x-should-retry"] = retry ? "true" : "false";
        }

        await response.Body.WriteAsync(body.WrittenMemory).ConfigureAwait(false);
    }

    /// <summary>Writes the error body of a reply.</summary>
    public static void WriteBody(IBufferWriter<byte> output, Dialect dialect, Refusal refusal, string requestId)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        using var json = new Utf8JsonWriter(output);
        if (dialect is Dialect.Anthropic)
        {
            WriteAnthropic(json, refusal, requestId);
        }
        else
        {
            json.WriteStartObject();
            json.WriteStartObject("error");
            WriteOpenAi(json, refusal);
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    /// <summary>Writes the event that ends a stream which has begun: what follows it would be lies.</summary>
    /// <param name="output">The stream, at the end of an event.</param>
    /// <param name="dialect">The form.</param>
    /// <param name="refusal">What went wrong.</param>
    /// <param name="requestId">The request's id.</param>
    /// <param name="sequenceNumber">The number of the event, which the responses API counts.</param>
    public static void WriteEvent(IBufferWriter<byte> output, Dialect dialect, Refusal refusal, string requestId, long sequenceNumber)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.Write(dialect is Dialect.OpenAi ? "data: "u8 : "event: error\ndata: "u8);
        if (dialect is Dialect.OpenAiResponses)
        {
            WriteResponsesEvent(output, refusal, sequenceNumber);
        }
        else
        {
            WriteBody(output, dialect, refusal, requestId);
        }

        output.Write("\n\n"u8);
    }

    private static void WriteResponsesEvent(IBufferWriter<byte> output, Refusal refusal, long sequenceNumber)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("type", "error");
        json.WriteNumber("sequence_number", sequenceNumber);
        json.WriteString("code", RefusalShape.Of(refusal.Reason).OpenAiCode);
        json.WriteString("message", refusal.Message);
        json.WriteString("param", refusal.Parameter);
        json.WriteEndObject();
    }

    private static void WriteOpenAi(Utf8JsonWriter json, Refusal refusal)
    {
        var shape = RefusalShape.Of(refusal.Reason);
        json.WriteString("message", refusal.Message);
        json.WriteString("type", refusal.LimitName ?? shape.OpenAiType);
        json.WriteString("param", refusal.Parameter);
        json.WriteString("code", shape.OpenAiCode);
    }

    private static void WriteAnthropic(Utf8JsonWriter json, Refusal refusal, string requestId)
    {
        json.WriteStartObject();
        json.WriteString("type", "error");
        json.WriteStartObject("error");
        json.WriteString("type", RefusalShape.Of(refusal.Reason).AnthropicType);
        json.WriteString("message", refusal.Message);
        json.WriteEndObject();
        json.WriteString("request_id", requestId);
        json.WriteEndObject();
    }
}
