using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stillwatch.Gateway.Observation;

namespace Stillwatch.Gateway.Dialects;

/// <summary>A response of OpenAI's responses API as far as its stream has come, so that a stream that is cut can end with it.</summary>
/// <remarks>
/// Kept only where a stream may be cut: the object of <c>response.created</c>, the items that are done, and of the item that is open its
/// beginning and its deltas. Bounded; what is longer cannot be ended so.
/// </remarks>
/// <param name="limit">The most bytes.</param>
internal sealed class PartialResponse(int limit) : IDisposable
{
    private readonly JsonArray _done = [];
    private readonly ByteBuffer _open = new(256);
    private JsonObject? _response;
    private JsonObject? _item;
    private JsonObject? _part;
    private long _bytes;
    private int _before;
    private bool _isDelta;

    /// <inheritdoc/>
    public void Dispose() => _open.Dispose();

    /// <summary>Keeps an event that was read, where it is one of those that begin or end something.</summary>
    public void Keep(ReadOnlySpan<byte> data)
    {
        if (_isDelta)
        {
            _isDelta = false;
            return;
        }

        _before = _open.Count;
        if (data.Length > limit || !Begins(data))
        {
            return;
        }

        JsonObject? node;
        try
        {
            node = JsonNode.Parse(data) as JsonObject;
        }
        catch (JsonException)
        {
            return;
        }

        _bytes += data.Length;
        Take((string?)node?["type"], node);
    }

    /// <summary>Keeps the delta that the reader stands on, as it stands escaped in JSON.</summary>
    public void KeepDelta(in Utf8JsonReader json)
    {
        (_before, _isDelta) = (_open.Count, true);
        if (json.TokenType is JsonTokenType.String && _bytes <= limit)
        {
            _bytes += json.ValueSpan.Length;
            _open.Append(json.ValueSpan);
        }
    }

    /// <summary>Writes the event that ends the stream. If the last event was a delta, it is the one that is held back.</summary>
    public bool TryWrite(IBufferWriter<byte> output, long sequenceNumber, int inputTokens, int outputTokens)
    {
        if (_response is null || _bytes > limit)
        {
            return false;
        }

        var items = (JsonArray)_done.DeepClone();
        if (_item is { } open)
        {
            items.Add(Incomplete(open));
        }

        var response = (JsonObject)_response.DeepClone();
        response["status"] = "incomplete";
        response["incomplete_details"] = new JsonObject { ["reason"] = "max_output_tokens" };
        response["output"] = items;
        response["usage"] = new JsonObject
        {
            ["input_tokens"] = inputTokens,
            ["input_tokens_details"] = new JsonObject { ["cached_tokens"] = 0 },
            ["output_tokens"] = outputTokens,
            ["output_tokens_details"] = new JsonObject { ["reasoning_tokens"] = 0 },
            ["total_tokens"] = (long)inputTokens + outputTokens,
        };
        output.Write("event: response.incomplete\ndata: "u8);
        var last = new JsonObject
        {
            ["type"] = "response.incomplete",
            ["sequence_number"] = sequenceNumber,
            ["response"] = response,
        };
        output.Write(JsonSerializer.SerializeToUtf8Bytes(last));
        output.Write("\n\n"u8);
        return true;
    }

    private static bool Begins(ReadOnlySpan<byte> data) => data.IndexOf("\"response.created\""u8) >= 0
        || data.IndexOf("\"response.output_item."u8) >= 0 || data.IndexOf("\"response.content_part.added\""u8) >= 0;

    private void Take(string? type, JsonObject? node)
    {
        switch (type)
        {
            case "response.created":
                _response = node!["response"]?.DeepClone() as JsonObject;
                break;
            case "response.output_item.added":
                (_item, _part) = (node!["item"]?.DeepClone() as JsonObject, null);
                _open.Clear();
                _before = 0;
                break;
            case "response.content_part.added":
                _part = node!["part"]?.DeepClone() as JsonObject;
                break;
            case "response.output_item.done" when node!["item"]?.DeepClone() is { } item:
                _done.Add(item);
                _item = null;
                break;
        }
    }

    private JsonObject Incomplete(JsonObject open)
    {
        var item = (JsonObject)open.DeepClone();
        var text = Text();
        item["status"] = "incomplete";
        if (_part is { } part)
        {
            var content = (JsonObject)part.DeepClone();
            content[(string?)part["type"] == "refusal" ? "refusal" : "text"] = text;
            item["content"] = new JsonArray(content);
        }
        else if (item.ContainsKey("arguments"))
        {
            item["arguments"] = text;
        }

        return item;
    }

    /// <summary>The open item's text, without a delta that is held back.</summary>
    private string Text()
    {
        var quoted = new byte[_before + 2];
        quoted[0] = quoted[^1] = (byte)'"';
        _open.Span[.._before].CopyTo(quoted.AsSpan(1));
        return JsonSerializer.Deserialize<string>(quoted) ?? "";
    }
}
