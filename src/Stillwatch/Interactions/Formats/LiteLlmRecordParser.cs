using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Interactions.Formats;

/// <summary>Reads rows of LiteLLM's table <c>LiteLLM_SpendLogs</c>, as its API and exports of its database give them.</summary>
/// <remarks>
/// Columns of JSON may be JSON or strings that hold JSON. The account is the key's user, or the key's hash where the proxy knows no
/// users. Content comes from the request as the proxy got it, else from the column of messages. Times without an offset are UTC, as
/// LiteLLM stores them.
/// </remarks>
internal sealed class LiteLlmRecordParser : JsonRecordParser<IInteractionSink>
{
    private enum Column
    {
        None,
        EndTime,
        Status,
        Key,
        Messages,
        Request,
        Response,
        Metadata,
        Tags,
    }

    private static readonly MemberTable<RankedField> Fields = new(
        ("request_id", new(LogField.Id, 1)), ("startTime", new(LogField.Time, 1)), ("start_time", new(LogField.Time, 1)),
        ("user", new(LogField.Account, 5)), ("end_user", new(LogField.Account, 1)),
        ("organization_id", new(LogField.Organization, 4)), ("team_id", new(LogField.Organization, 2)),
        ("model", new(LogField.Model, 2)), ("model_group", new(LogField.Model, 1)), ("call_type", new(LogField.Operation, 1)),
        ("requester_ip_address", new(LogField.Ip, 2)), ("request_duration_ms", new(LogField.LatencyMs, 2)),
        ("prompt_tokens", new(LogField.InputTokens, 1)), ("completion_tokens", new(LogField.OutputTokens, 1)));

    private static readonly MemberTable<Column> Columns = new(
        ("endTime", Column.EndTime), ("end_time", Column.EndTime), ("status", Column.Status), ("api_key", Column.Key),
        ("messages", Column.Messages), ("proxy_server_request", Column.Request), ("response", Column.Response),
        ("metadata", Column.Metadata), ("request_tags", Column.Tags));

    private static readonly RankedField KeyAsAccount = new(LogField.Account, 3);

    /// <summary>What LiteLLM calls its functions, and what the field calls their operations.</summary>
    private static readonly FrozenDictionary<string, string> Operations = new Dictionary<string, string>
    {
        ["completion"] = "chat",
        ["acompletion"] = "chat",
        ["anthropic_messages"] = "chat",
        ["text_completion"] = "text_completion",
        ["atext_completion"] = "text_completion",
        ["embedding"] = "embeddings",
        ["aembedding"] = "embeddings",
        ["aresponses"] = "responses",
    }.ToFrozenDictionary();

    private readonly RankedFieldReader _fields;
    private readonly LiteLlmMetadataReader _metadata;
    private readonly ProviderBodyReader _bodies;
    private readonly TextFieldReader _texts;
    private readonly NestedJson _nested;
    private readonly NestedJson.Reading _readRequest;
    private readonly NestedJson.Reading _readReply;
    private readonly NestedJson.Reading _readMetadata;
    private readonly NestedJson.Reading _readTags;
    private long? _endMs;

    public LiteLlmRecordParser(RecordContext context)
        : base(context)
    {
        _fields = new(context);
        _metadata = new(context, _fields);
        _bodies = new(context);
        _texts = new(context);
        _nested = new(context);
        _readRequest = _bodies.ReadRequest;
        _readReply = _bodies.ReadReply;
        _readMetadata = _metadata.Read;
        _readTags = _metadata.ReadTags;
    }

    /// <inheritdoc/>
    protected override void ReadRecord(ref Utf8JsonReader reader, ReadOnlySpan<byte> record, IInteractionSink sink)
    {
        _fields.Begin();
        _metadata.Begin();
        _endMs = null;
        Utf8JsonReader messages = default;
        while (JsonValue.ReadName(ref reader))
        {
            var name = Context.MemberName(ref reader);
            var (field, column) = (Fields.Find(name), Columns.Find(name));
            reader.Read();
            messages = column is Column.Messages ? reader : messages;
            if (column is Column.None)
            {
                _fields.Read(ref reader, field);
            }
            else
            {
                ReadColumn(ref reader, column);
            }
        }

        ExpectEnd(ref reader);
        Complete(ref messages);
        if (Context.BuildInteraction(record) is { } interaction)
        {
            sink.Accept(interaction, Context.Position);
        }
    }

    private void ReadColumn(ref Utf8JsonReader reader, Column column)
    {
        switch (column)
        {
            case Column.Request:
                ReadNested(ref reader, "proxy_server_request", _readRequest);
                break;
            case Column.Response:
                ReadResponse(ref reader);
                break;
            case Column.Metadata:
                ReadNested(ref reader, "metadata", _readMetadata);
                break;
            case Column.Tags:
                ReadNested(ref reader, "request_tags", _readTags);
                break;
            default:
                ReadScalar(ref reader, column);
                break;
        }
    }

    private void ReadScalar(ref Utf8JsonReader reader, Column column)
    {
        if (reader.TokenType is not JsonTokenType.String || column is Column.Messages)
        {
            reader.Skip();
            return;
        }

        var value = Context.PlainString(ref reader);
        if (column is Column.EndTime)
        {
            _endMs = Rfc3339.TryParse(value, assumeUtc: true, out var end) ? end : null;
        }
        else if (column is Column.Status)
        {
            Context.Draft.SetNumber(LogField.Status, value.SequenceEqual("success"u8) ? 200 : Context.Draft.Number(LogField.Status));
        }
        else
        {
            ReadKey(ref reader, value);
        }
    }

    /// <summary>The key's hash names it. A key that was logged itself is replaced by its hash, the one LiteLLM would have made.</summary>
    private void ReadKey(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> key)
    {
        if (!key.StartsWith("sk-"u8))
        {
            _fields.Read(ref reader, new(LogField.ApiKey, 1));
            _fields.Read(ref reader, KeyAsAccount);
            return;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(key));
        Context.Draft[LogField.ApiKey] = hash;
        if (_fields.TryTake(KeyAsAccount))
        {
            Context.Draft[LogField.Account] = hash;
        }
    }

    private void ReadResponse(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.String)
        {
            _bodies.ReadReply(ref reader);
            return;
        }

        var text = Context.PlainString(ref reader);
        if (NestedJson.IsLikely(text))
        {
            _nested.Read(text, "response", _readReply);
        }
        else if (!text.IsEmpty)
        {
            _texts.Read(text, LogField.ResponseText);
        }
    }

    private void ReadNested(ref Utf8JsonReader reader, string member, NestedJson.Reading read)
    {
        if (reader.TokenType is not JsonTokenType.String)
        {
            read(ref reader);
        }
        else if (Context.PlainString(ref reader) is { IsEmpty: false } json)
        {
            _nested.Read(json, member, read);
        }
    }

    /// <summary>What depends on several members.</summary>
    private void Complete(ref Utf8JsonReader messages)
    {
        var draft = Context.Draft;
        if (draft.Messages.Count == 0 && draft.Text(LogField.Prompt) is null)
        {
            ReadMessages(ref messages);
        }

        if (draft[LogField.Operation] is { } function)
        {
            draft[LogField.Operation] = Operations.GetValueOrDefault(function, function);
        }

        if (draft.Number(LogField.LatencyMs) is null && _endMs - draft.Number(LogField.Time) is >= 0 and var latency)
        {
            draft.SetNumber(LogField.LatencyMs, latency);
        }
    }

    private void ReadMessages(ref Utf8JsonReader messages)
    {
        if (messages.TokenType is JsonTokenType.String)
        {
            _texts.ReadMessages(Context.PlainString(ref messages));
        }
        else if (messages.TokenType is JsonTokenType.StartArray)
        {
            _fields.Read(ref messages, new(LogField.Messages, 1));
        }
    }
}
