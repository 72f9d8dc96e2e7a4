using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Stillwatch.Gateway.Admission;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Interactions;

namespace Stillwatch.Gateway.Observation;

/// <summary>Writes an interaction in the native format in two parts: what is known on admission, and what the reply adds.</summary>
/// <remarks>The parts joined, with a comma between, are one line of docs/formats/inputs.md. Hot path: two parts a request.</remarks>
internal static class InteractionRecords
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>Writes the first part: an object that is not closed.</summary>
    public static void WriteAdmission(ByteBuffer output, AdmittedRequest request, ReadOnlySpan<byte> body, ContentPolicy policy)
    {
        var json = Begin(output);
        json.WriteStartObject();
        json.WriteString("id", request.Id);
        json.WriteString("time", Timestamp(request.ArrivedAt));
        json.WriteString("account", request.Key.Account);
        WriteUnlessNull(json, "organization", request.Key.Organization);
        json.WriteString("api_key", request.Key.Id);
        json.WriteString("model", request.Facts.Model);
        json.WriteString("operation", EndpointTable.OperationOf(request.Endpoint));
        WriteClient(json, request.Client);
        json.Flush();
        output.Append(",\"request\":{"u8);
        new ContentExtract(output, policy).Write(body, request.Facts.Content);
        output.Append("\"parameters\":"u8);
        WriteParameters(Begin(output), request.Facts);
        output.Append("}"u8);
    }

    /// <summary>Writes the second part: members, and the end of the object.</summary>
    /// <param name="output">Takes it.</param>
    /// <param name="reply">What became of the request.</param>
    /// <param name="text">The reply's text as it stood escaped in JSON; empty where it is not kept.</param>
    public static void WriteReply(ByteBuffer output, in ReplySummary reply, ReadOnlySpan<byte> text)
    {
        output.Append("\"response\":{"u8);
        if (!text.IsEmpty)
        {
            output.Append("\"text\":\""u8);
            output.Append(text);
            output.Append("\","u8);
        }

        output.Append("\"finish_reason\":"u8);
        var json = Begin(output);
        json.WriteStringValue(reply.FinishReason);
        json.Flush();
        output.Append("},"u8);
        var start = output.Count;
        WriteFigures(Begin(output), reply);

        // The members follow those of the first part: the brace before them goes.
        var figures = output.Span[(start + 1)..].ToArray();
        output.Truncate(start);
        output.Append(figures);
    }

    private static void WriteFigures(Utf8JsonWriter json, in ReplySummary reply)
    {
        json.WriteStartObject();
        json.WriteStartObject("usage");
        json.WriteNumber("input_tokens", reply.Usage.Input);
        json.WriteNumber("output_tokens", reply.Usage.Output);
        json.WriteNumber("reasoning_tokens", reply.Usage.Reasoning);
        json.WriteEndObject();
        json.WriteNumber("status", reply.Status);
        json.WriteNumber("latency_ms", Math.Round(reply.LatencyMs, 3));
        json.WriteStartObject("gateway");
        json.WriteString("outcome", NameOf(reply.Outcome));
        json.WriteString("usage_source", reply.UsageSource is UsageSource.Upstream ? "upstream" : "gateway");
        if (reply.FirstByteMs is { } first)
        {
            json.WriteNumber("first_byte_ms", Math.Round(first, 3));
        }

        WriteUnlessNull(json, "tier", reply.Tier);
        if (reply.Notes is { Count: > 0 } notes)
        {
            WriteNotes(json, notes);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
    }

    private static void WriteNotes(Utf8JsonWriter json, IReadOnlyList<DecisionNote> notes)
    {
        json.WriteStartArray("decisions");
        foreach (var note in notes)
        {
            json.WriteStartObject();
            json.WriteString("by", note.By);
            json.WriteString("effect", note.Effect);
            json.WriteStartArray("reasons");
            foreach (var reason in note.Reasons)
            {
                json.WriteStringValue(reason);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The outcome's name in records and metrics.</summary>
    public static string NameOf(ExchangeOutcome outcome) => outcome switch
    {
        ExchangeOutcome.Completed => "completed",
        ExchangeOutcome.ClientGone => "client_gone",
        ExchangeOutcome.UpstreamUnreachable => "upstream_unreachable",
        ExchangeOutcome.UpstreamRefused => "upstream_refused",
        ExchangeOutcome.UpstreamReset => "upstream_reset",
        ExchangeOutcome.UpstreamTimeout => "upstream_timeout",
        ExchangeOutcome.UpstreamMalformed => "upstream_malformed",
        ExchangeOutcome.Cut => "cut",
        ExchangeOutcome.Stopped => "stopped",
        ExchangeOutcome.Interrupted => "interrupted",
        ExchangeOutcome.Denied => "denied",
        _ => "failed",
    };

    private static Utf8JsonWriter Begin(ByteBuffer output)
    {
        if (_writer is not { } writer)
        {
            return _writer = new Utf8JsonWriter(output, Options);
        }

        writer.Reset(output);
        return writer;
    }

    private static string Timestamp(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static void WriteUnlessNull(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteClient(Utf8JsonWriter json, in ClientPeer client)
    {
        json.WriteStartObject("client");
        WriteUnlessNull(json, "ip", client.Address?.ToString());
        if (client.AutonomousSystem != 0)
        {
            json.WriteNumber("asn", client.AutonomousSystem);
        }

        WriteUnlessNull(json, "country", client.Country);
        WriteUnlessNull(json, "user_agent", client.UserAgent);
        WriteUnlessNull(json, "ja4", client.Ja4);
        json.WriteEndObject();
    }

    private static void WriteParameters(Utf8JsonWriter json, RequestFacts facts)
    {
        json.WriteStartObject();
        WriteUnlessNull(json, "temperature", facts.Temperature);
        WriteUnlessNull(json, "top_p", facts.TopP);
        WriteUnlessNull(json, "max_tokens", facts.MaxTokens);
        WriteUnlessNull(json, "n", facts.Choices);
        if (facts.Logprobs is { } logprobs)
        {
            json.WriteBoolean("logprobs", logprobs);
        }

        WriteUnlessNull(json, "top_logprobs", facts.TopLogprobs);
        WriteUnlessNull(json, "logit_bias", facts.LogitBias);
        json.WriteBoolean("stream", facts.Stream);
        json.WriteEndObject();
        json.Flush();
    }

    private static void WriteUnlessNull(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    private static void WriteUnlessNull(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }
}
