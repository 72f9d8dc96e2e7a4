using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Stillwatch.Evaluation;
using Stillwatch.Interactions;

namespace Stillwatch.Simulation.Writing;

/// <summary>
/// Writes records as lines of JSON in UTF-8, in the formats of the contracts. Hot path for interactions; not thread-safe.
/// </summary>
internal sealed class RecordLines : IDisposable
{
    private const int TimeLength = 24;

    private readonly ArrayBufferWriter<byte> _buffer = new(1 << 20);
    private readonly Utf8JsonWriter _json;

    public RecordLines() => _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    });

    /// <summary>What was written since the last <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public void Clear() => _buffer.ResetWrittenCount();

    public void Dispose() => _json.Dispose();

    // One line: {"time":"2026-03-02T00:01:22.360Z","id":"req_…","account":"acct_…", … }
    public void Write(Interaction interaction)
    {
        _json.WriteStartObject();
        WriteTime("time", interaction.ObservedAtMs);
        _json.WriteString("id", interaction.Id);
        _json.WriteString("account", interaction.Account.Value);
        WriteText("organization", interaction.Organization);
        WriteText("api_key", interaction.ApiKey);
        _json.WriteString("model", interaction.Model);
        _json.WriteString("operation", interaction.Operation);
        WriteClient(interaction.Client);
        WriteRequest(interaction.Request);
        WriteReply(interaction);
        _json.WriteEndObject();
        EndLine();
    }

    // One line: {"account":"acct_…","created":"…","organization":null,"email_domain":"…","payment":"pay_…","country":"DE","program":"api"}
    public void Write(AccountRegistration account)
    {
        _json.WriteStartObject();
        _json.WriteString("account", account.Account.Value);
        if (account.CreatedMs is { } created)
        {
            WriteTime("created", created);
        }

        WriteText("organization", account.Organization);
        WriteText("email_domain", account.EmailDomain);
        WriteText("payment", account.Payment);
        WriteText("country", account.Country);
        WriteText("program", account.Program);
        _json.WriteEndObject();
        EndLine();
    }

    // One line: {"account":"acct_…","label":"campaign","campaign":"…","class":"hydra_plain","interactions":60,"campaign_interactions":60}
    public void Write(AccountTruth truth)
    {
        _json.WriteStartObject();
        _json.WriteString("account", truth.Account.Value);
        _json.WriteString("label", truth.Label == AccountLabel.Campaign ? "campaign" : "benign");
        WriteText("campaign", truth.Campaign);
        WriteText("class", truth.Class);
        WriteNumber("interactions", truth.Interactions);
        WriteNumber("campaign_interactions", truth.CampaignInteractions);
        _json.WriteEndObject();
        EndLine();
    }

    private void EndLine()
    {
        _json.Flush();
        _json.Reset();
        _buffer.Write("\n"u8);
    }

    private void WriteClient(in ClientPeer client)
    {
        _json.WriteStartObject("client");
        WriteText("ip", client.Address?.ToString());
        _json.WriteNumber("asn", client.AutonomousSystem);
        WriteText("country", client.Country);
        WriteText("user_agent", client.UserAgent);
        WriteText("ja4", client.Ja4);
        _json.WriteEndObject();
    }

    private void WriteRequest(PromptContent request)
    {
        _json.WriteStartObject("request");
        if (request.System is { } system)
        {
            _json.WriteString("system", system.Span);
        }

        _json.WriteStartArray("messages");
        foreach (var message in request.Messages)
        {
            _json.WriteStartObject();
            _json.WriteString("role", message.Role);
            _json.WriteString("content", message.Content.Span);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        WriteParameters(request.Parameters);
        WriteTools(request.Tools);
        _json.WriteEndObject();
    }

    private void WriteTools(IReadOnlyList<string> tools)
    {
        if (tools.Count == 0)
        {
            return;
        }

        _json.WriteStartArray("tools");
        foreach (var tool in tools)
        {
            _json.WriteStringValue(tool);
        }

        _json.WriteEndArray();
    }

    private void WriteParameters(in GenerationParameters parameters)
    {
        _json.WriteStartObject("parameters");
        WriteNumber("temperature", parameters.Temperature);
        WriteNumber("top_p", parameters.TopP);
        WriteNumber("max_tokens", parameters.MaxTokens);
        WriteNumber("n", parameters.Choices);
        WriteFlag("logprobs", parameters.Logprobs);
        WriteNumber("top_logprobs", parameters.TopLogprobs);
        WriteNumber("logit_bias", parameters.LogitBias);
        WriteFlag("stream", parameters.Stream);
        _json.WriteEndObject();
    }

    private void WriteReply(Interaction interaction)
    {
        if (interaction.FinishReason is { } reason)
        {
            _json.WriteStartObject("response");
            _json.WriteString("finish_reason", reason);
            _json.WriteEndObject();
        }

        _json.WriteStartObject("usage");
        _json.WriteNumber("input_tokens", interaction.Usage.Input);
        _json.WriteNumber("output_tokens", interaction.Usage.Output);
        if (interaction.Usage.Reasoning > 0)
        {
            _json.WriteNumber("reasoning_tokens", interaction.Usage.Reasoning);
        }

        _json.WriteEndObject();
        _json.WriteNumber("status", interaction.Status);
        WriteNumber("latency_ms", interaction.LatencyMs);
    }

    private void WriteText(string name, string? value)
    {
        if (value is null)
        {
            _json.WriteNull(name);
            return;
        }

        _json.WriteString(name, value);
    }

    private void WriteNumber(string name, double? value)
    {
        if (value is { } number)
        {
            _json.WriteNumber(name, number);
        }
    }

    private void WriteFlag(string name, bool? value)
    {
        if (value is { } flag)
        {
            _json.WriteBoolean(name, flag);
        }
    }

    private void WriteTime(string name, long milliseconds)
    {
        Span<byte> text = stackalloc byte[TimeLength];
        var time = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime;
        time.TryFormat(text, out _, "yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        _json.WriteString(name, text);
    }
}
