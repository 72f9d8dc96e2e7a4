using System.Buffers;
using System.Text;
using System.Text.Json;
using Stillwatch.Gateway.Observation;

namespace Stillwatch.Gateway.Dialects;

/// <summary>Reads what a reply says of itself, event by event or as a whole: usage, why it ended, how much text it has.</summary>
/// <remarks>
/// Never throws on what an upstream sends: what cannot be read is counted. Hot path: one pass over an event, and nothing is allocated
/// unless the text is kept.
/// </remarks>
/// <param name="textLimit">The most bytes of text that are kept; 0 to keep none.</param>
internal abstract class ReplyReader(int textLimit) : IDisposable
{
    private const int MaxDepth = 256;
    private const int MaxReasonBytes = 64;

    private static readonly string[] KnownReasons =
    [
        "stop", "length", "tool_calls", "content_filter", "function_call", "end_turn", "max_tokens", "stop_sequence", "tool_use",
        "pause_turn", "refusal", "completed", "incomplete", "failed", "max_output_tokens",
    ];

    private readonly ByteBuffer? _text = textLimit > 0 ? new() : null;
    private UsageReader _usage;

    /// <summary>Tokens as the upstream counts them, as far as it has said.</summary>
    public UsageReader Usage => _usage;

    /// <summary>Why the model stopped; null while that is not known.</summary>
    public string? FinishReason { get; private set; }

    /// <summary>Bytes of text, reasoning and arguments of tools, as they stood escaped in JSON.</summary>
    public long TextBytes { get; private set; }

    /// <summary>Bytes of reasoning among them.</summary>
    public long ReasoningBytes { get; private set; }

    /// <summary>Events that carried any of it.</summary>
    public int Deltas { get; private set; }

    /// <summary>Events and bodies that could not be read.</summary>
    public int Unreadable { get; private set; }

    /// <summary>The number of the next event, where the dialect counts them.</summary>
    public long NextSequenceNumber { get; protected set; }

    /// <summary>The text that is kept, escaped as in JSON.</summary>
    public ReadOnlySpan<byte> Text => _text is null ? default : _text.Span;

    /// <summary>The reader of a request's reply.</summary>
    /// <param name="endpoint">What was called.</param>
    /// <param name="dialect">The form.</param>
    /// <param name="textLimit">The most bytes of text that are kept; 0 to keep none.</param>
    /// <param name="endLimit">The most bytes that may be kept for the end of a stream that is cut; 0 where it never is.</param>
    public static ReplyReader Create(ApiEndpoint endpoint, Dialect dialect, int textLimit, int endLimit) => endpoint switch
    {
        ApiEndpoint.Responses => new ResponsesReplyReader(textLimit, endLimit),
        _ when dialect is Dialect.Anthropic => new MessagesReplyReader(textLimit),
        _ => new CompletionReplyReader(textLimit, endpoint is ApiEndpoint.Completions),
    };

    /// <summary>
    /// Writes the events that end a stream as the dialect ends one whose model has reached its bound: clients read it as an ordinary end.
    /// </summary>
    /// <returns>False where the stream has not come far enough to be ended so; nothing is written then.</returns>
    public virtual bool TryWriteEnd(IBufferWriter<byte> output, in StreamCut cut) => false;

    /// <summary>Reads one event of a stream.</summary>
    /// <param name="name">Its name; empty where it has none.</param>
    /// <param name="data">Its data.</param>
    public void ReadEvent(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty || data.SequenceEqual("[DONE]"u8))
        {
            return;
        }

        var before = TextBytes;
        Read(name, data, isEvent: true);
        Keep(data);
        Deltas += TextBytes > before ? 1 : 0;
    }

    /// <summary>Reads a whole reply.</summary>
    public void ReadBody(ReadOnlySpan<byte> body) => Read(default, body, isEvent: false);

    /// <inheritdoc/>
    public void Dispose()
    {
        _text?.Dispose();
        Dispose(isDisposing: true);
    }

    /// <summary>Gives back what the dialect's reader keeps.</summary>
    protected virtual void Dispose(bool isDisposing)
    {
    }

    /// <summary>Keeps what is needed to end the stream, where anything is.</summary>
    protected virtual void Keep(ReadOnlySpan<byte> data)
    {
    }

    /// <summary>Reads the members of the root object.</summary>
    protected abstract void ReadRoot(ref Utf8JsonReader json, ReadOnlySpan<byte> eventName, bool isEvent);

    /// <summary>Reads the value as usage.</summary>
    protected void ReadUsage(ref Utf8JsonReader json) => _usage.Read(ref json);

    /// <summary>Takes the value as text of the reply.</summary>
    protected void TakeText(ref Utf8JsonReader json)
    {
        if (json.TokenType is not JsonTokenType.String)
        {
            json.Skip();
            return;
        }

        TextBytes += json.ValueSpan.Length;
        if (_text is not null && _text.Count + json.ValueSpan.Length <= textLimit)
        {
            _text.Append(json.ValueSpan);
        }
    }

    /// <summary>Counts the value as arguments of a tool: it is output, but not what the reply says.</summary>
    protected void CountArguments(ref Utf8JsonReader json) => Count(ref json);

    /// <summary>Counts the value as reasoning.</summary>
    protected void CountReasoning(ref Utf8JsonReader json) => ReasoningBytes += Count(ref json);

    /// <summary>Takes the value as the reason why the model stopped.</summary>
    protected void TakeReason(ref Utf8JsonReader json)
    {
        if (json.TokenType is not JsonTokenType.String || json.ValueIsEscaped || json.ValueSpan.Length is 0 or > MaxReasonBytes)
        {
            json.Skip();
            return;
        }

        FinishReason = Known(json.ValueSpan) ?? Encoding.UTF8.GetString(json.ValueSpan);
    }

    /// <summary>The data of an event as an object; null where it is none.</summary>
    protected static JsonDocument? TryParse(ReadOnlySpan<byte> data)
    {
        try
        {
            var document = JsonDocument.Parse(data.ToArray(), new() { MaxDepth = MaxDepth });
            if (document.RootElement.ValueKind is JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
        }
        catch (JsonException)
        {
        }

        return null;
    }

    /// <summary>Moves to the next element of a list; false at its end, or where there is no list.</summary>
    protected static bool Element(ref Utf8JsonReader json, ref bool inside)
    {
        if (!inside && json.TokenType is not JsonTokenType.StartArray)
        {
            json.Skip();
            return false;
        }

        inside = true;
        return json.Read() && json.TokenType is not JsonTokenType.EndArray;
    }

    /// <summary>Moves to the next member of an object, onto its name; false at its end, or where there is no object.</summary>
    protected static bool Member(ref Utf8JsonReader json, ref bool inside)
    {
        if (!inside && json.TokenType is not JsonTokenType.StartObject)
        {
            json.Skip();
            return false;
        }

        inside = true;
        return json.Read() && json.TokenType is JsonTokenType.PropertyName;
    }

    private static string? Known(ReadOnlySpan<byte> reason)
    {
        foreach (var known in KnownReasons)
        {
            if (Ascii.Equals(reason, known))
            {
                return known;
            }
        }

        return null;
    }

    private int Count(ref Utf8JsonReader json)
    {
        if (json.TokenType is not JsonTokenType.String)
        {
            json.Skip();
            return 0;
        }

        TextBytes += json.ValueSpan.Length;
        return json.ValueSpan.Length;
    }

    private void Read(ReadOnlySpan<byte> name, ReadOnlySpan<byte> json, bool isEvent)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
            if (reader.Read())
            {
                ReadRoot(ref reader, name, isEvent);
            }
        }
        catch (JsonException)
        {
            Unreadable++;
        }
    }
}
