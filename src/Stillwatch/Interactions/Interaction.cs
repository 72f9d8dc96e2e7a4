namespace Stillwatch.Interactions;

/// <summary>
/// One request to the model API and its reply: the one record that crosses the system. Every reader produces it, the
/// simulator produces it, and its content becomes a sketch at the edge.
/// </summary>
/// <remarks>
/// Text of prompts and replies stays UTF-8 and unescaped; the memory belongs to the record, so a record may outlive its reader.
/// Members that the log does not carry are null (or empty), never guessed.
/// </remarks>
public sealed class Interaction
{
    /// <summary>
    /// Unique within the log together with <see cref="ObservedAtMs"/> and <see cref="Account"/>; null where the log has none.
    /// </summary>
    public string? Id { get; init; }

    /// <summary>When the request arrived, in milliseconds since 1970-01-01T00:00:00Z.</summary>
    public required long ObservedAtMs { get; init; }

    /// <summary>Whose key made the request.</summary>
    public required AccountId Account { get; init; }

    /// <summary>The affiliation the account declared; sharing within one organization is expected.</summary>
    public string? Organization { get; init; }

    /// <summary>Identifier of the key, never the key itself.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The model that was asked.</summary>
    public required string Model { get; init; }

    /// <summary>chat, text_completion, responses, embeddings, …</summary>
    public string Operation { get; init; } = DefaultOperation;

    /// <summary>The network peer.</summary>
    public ClientPeer Client { get; init; }

    /// <summary>What was asked.</summary>
    public PromptContent Request { get; init; } = PromptContent.Empty;

    /// <summary>The reply's text in UTF-8; null where the log does not carry it.</summary>
    public ReadOnlyMemory<byte>? ResponseText { get; init; }

    /// <summary>Why the model stopped: stop, length, tool_calls, …</summary>
    public string? FinishReason { get; init; }

    /// <summary>Tokens in and out.</summary>
    public TokenUsage Usage { get; init; }

    /// <summary>HTTP status of the reply; 0 where the log does not carry it.</summary>
    public int Status { get; init; }

    /// <summary>From request to the end of the reply, in milliseconds; null where the log does not carry it.</summary>
    public double? LatencyMs { get; init; }

    /// <summary>The operation of a record that names none.</summary>
    public const string DefaultOperation = "chat";

    /// <summary>The same interaction with other content.</summary>
    /// <param name="request">What was sent instead.</param>
    public Interaction WithRequest(PromptContent request) => new()
    {
        Id = Id,
        ObservedAtMs = ObservedAtMs,
        Account = Account,
        Organization = Organization,
        ApiKey = ApiKey,
        Model = Model,
        Operation = Operation,
        Client = Client,
        Request = request,
        ResponseText = ResponseText,
        FinishReason = FinishReason,
        Usage = Usage,
        Status = Status,
        LatencyMs = LatencyMs,
    };
}
