namespace Stillwatch.Interactions.Formats;

/// <summary>
/// Names of attributes of OpenTelemetry's semantic conventions for generative AI, present and former, and of other conventions.
/// </summary>
/// <remarks>
/// Present names rank 6, former ones and those of kin conventions 4 and 2. Attributes of events and of the resource rank one below those
/// of the span.
/// </remarks>
internal static class OtlpAttributes
{
    /// <summary>The rank of content that came in attributes or events of one message each.</summary>
    public const byte SingleMessageRank = 3;

    private static readonly MemberTable<RankedField> Fields = new(
        ("user.id", new(LogField.Account, 6)), ("enduser.id", new(LogField.Account, 4)), ("enduser.pseudo.id", new(LogField.Account, 2)),
        ("organization.id", new(LogField.Organization, 6)), ("api_key.id", new(LogField.ApiKey, 6)),
        ("gen_ai.request.model", new(LogField.Model, 6)), ("gen_ai.response.model", new(LogField.Model, 2)),
        ("gen_ai.operation.name", new(LogField.Operation, 6)), ("gen_ai.request.type", new(LogField.Operation, 4)),
        ("llm.request.type", new(LogField.Operation, 2)),
        ("client.address", new(LogField.Ip, 6)), ("http.client_ip", new(LogField.Ip, 4)), ("net.sock.peer.addr", new(LogField.Ip, 2)),
        ("client.as.number", new(LogField.Asn, 6)), ("client.geo.country_iso_code", new(LogField.Country, 6)),
        ("geo.country.iso_code", new(LogField.Country, 4)), ("user_agent.original", new(LogField.UserAgent, 6)),
        ("http.user_agent", new(LogField.UserAgent, 4)), ("tls.client.ja4", new(LogField.Ja4, 6)), ("tls.client.ja3", new(LogField.Ja4, 2)),
        ("gen_ai.system_instructions", new(LogField.System, 6)), ("gen_ai.input.messages", new(LogField.Messages, 6)),
        ("gen_ai.prompt", new(LogField.Messages, 4)), ("gen_ai.tool.definitions", new(LogField.Tools, 6)),
        ("gen_ai.request.temperature", new(LogField.Temperature, 6)), ("gen_ai.request.top_p", new(LogField.TopP, 6)),
        ("gen_ai.request.max_tokens", new(LogField.MaxTokens, 6)), ("gen_ai.request.choice.count", new(LogField.Choices, 6)),
        ("gen_ai.request.stream", new(LogField.Stream, 6)), ("gen_ai.is_streaming", new(LogField.Stream, 4)),
        ("gen_ai.output.messages", new(LogField.ResponseText, 6)), ("gen_ai.completion", new(LogField.ResponseText, 4)),
        ("gen_ai.response.finish_reasons", new(LogField.FinishReason, 6)), ("gen_ai.usage.input_tokens", new(LogField.InputTokens, 6)),
        ("gen_ai.usage.prompt_tokens", new(LogField.InputTokens, 4)), ("gen_ai.usage.output_tokens", new(LogField.OutputTokens, 6)),
        ("gen_ai.usage.completion_tokens", new(LogField.OutputTokens, 4)),
        ("gen_ai.usage.reasoning.output_tokens", new(LogField.ReasoningTokens, 6)),
        ("gen_ai.usage.reasoning_tokens", new(LogField.ReasoningTokens, 4)), ("http.response.status_code", new(LogField.Status, 6)),
        ("http.status_code", new(LogField.Status, 4)));

    /// <summary>All names.</summary>
    public static IEnumerable<string> Names => Fields.Names;

    /// <summary>What the attribute of this name holds.</summary>
    /// <param name="name">Of the attribute.</param>
    /// <param name="ofSpan">Whether the attribute is the span's own.</param>
    public static RankedField Find(ReadOnlySpan<byte> name, bool ofSpan)
    {
        var field = Fields.Find(name);
        return ofSpan || field.Rank == 0 ? field : field with { Rank = (byte)(field.Rank - 1) };
    }

    /// <summary>Whether a span with this attribute is one of generative AI.</summary>
    public static bool IsGenerativeAi(ReadOnlySpan<byte> name) => name.StartsWith("gen_ai."u8);
}
