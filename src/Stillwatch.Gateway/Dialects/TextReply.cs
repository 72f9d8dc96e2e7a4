using System.Text;
using System.Text.Json.Nodes;

namespace Stillwatch.Gateway.Dialects;

/// <summary>A reply of one text in the form of a dialect, as a model server would write it.</summary>
/// <param name="facts">What was asked.</param>
/// <param name="id">The request's id; the reply's is made from it.</param>
/// <param name="at">When.</param>
/// <param name="text">What it says.</param>
/// <param name="usage">Tokens of the request and of the text.</param>
internal sealed class TextReply(RequestFacts facts, string id, DateTimeOffset at, string text, (int Input, int Output) usage)
{
    /// <summary>The whole reply.</summary>
    public byte[] Body(ApiEndpoint endpoint) => Encoding.UTF8.GetBytes((endpoint switch
    {
        ApiEndpoint.Completions => Completion("text_completion", TextChoice(text, "stop"), OpenAiUsage()),
        ApiEndpoint.Responses => Response("completed"),
        ApiEndpoint.Messages => Message([new JsonObject { ["type"] = "text", ["text"] = text }], "end_turn", usage.Output),
        _ => Completion("chat.completion", ChatChoice("message", Said(text), "stop"), OpenAiUsage()),
    }).ToJsonString());

    /// <summary>The events of a stream: name, empty for none; data; and bytes of the text that it adds, a word at a time.</summary>
    public IEnumerable<(string Name, byte[] Data, int TextBytes)> Events(ApiEndpoint endpoint) => (endpoint switch
    {
        ApiEndpoint.Responses => Numbered(ResponseEvents()),
        ApiEndpoint.Messages => MessageEvents(),
        _ => CompletionEvents(endpoint is ApiEndpoint.Completions),
    }).Select(static item =>
        (item.Name, Encoding.UTF8.GetBytes(item.Data?.ToJsonString() ?? "[DONE]"), Encoding.UTF8.GetByteCount(item.Text)));

    /// <summary>The words of the text, each with the space before it, as tokens are.</summary>
    private IEnumerable<string> Words()
    {
        for (var start = 0; start < text.Length;)
        {
            var next = text.IndexOf(' ', start + 1);
            var end = next < 0 ? text.Length : next;
            yield return text[start..end];
            start = end;
        }
    }

    private IEnumerable<Written> CompletionEvents(bool isText)
    {
        var kind = isText ? "text_completion" : "chat.completion.chunk";
        if (!isText)
        {
            yield return new("", Completion(kind, ChatChoice("delta", Said(""), null)));
        }

        foreach (var word in Words())
        {
            var choice = isText ? TextChoice(word, null) : ChatChoice("delta", new() { ["content"] = word }, null);
            yield return new("", Completion(kind, choice), word);
        }

        yield return new("", Completion(kind, isText ? TextChoice("", "stop") : ChatChoice("delta", [], "stop")));
        if (facts.IncludesUsage)
        {
            yield return new("", Completion(kind, null, OpenAiUsage()));
        }

        yield return new("", null);
    }

    private IEnumerable<Written> MessageEvents()
    {
        yield return Event("message_start", "message", Message([], null, 1));
        yield return new("content_block_start", new()
        {
            ["type"] = "content_block_start",
            ["index"] = 0,
            ["content_block"] = new JsonObject { ["type"] = "text", ["text"] = "" },
        });
        foreach (var word in Words())
        {
            var delta = new JsonObject { ["type"] = "text_delta", ["text"] = word };
            yield return new(
                "content_block_delta", new() { ["type"] = "content_block_delta", ["index"] = 0, ["delta"] = delta }, word);
        }

        yield return Event("content_block_stop", "index", 0);
        yield return new("message_delta", new()
        {
            ["type"] = "message_delta",
            ["delta"] = new JsonObject { ["stop_reason"] = "end_turn", ["stop_sequence"] = null },
            ["usage"] = new JsonObject { ["output_tokens"] = usage.Output },
        });
        yield return new("message_stop", new() { ["type"] = "message_stop" });
    }

    private IEnumerable<Written> ResponseEvents()
    {
        yield return Event("response.created", "response", Response("in_progress"));
        yield return Event("response.output_item.added", "item", Item("in_progress", []));
        yield return OfPart(Event("response.content_part.added", "part", Part("")));
        foreach (var word in Words())
        {
            yield return OfPart(Event("response.output_text.delta", "delta", word)) with { Text = word };
        }

        yield return OfPart(Event("response.output_text.done", "text", text));
        yield return OfPart(Event("response.content_part.done", "part", Part(text)));
        yield return Event("response.output_item.done", "item", Item("completed", [Part(text)]));
        yield return Event("response.completed", "response", Response("completed"));
    }

    private static IEnumerable<Written> Numbered(IEnumerable<Written> events) => events.Select(static (item, number) =>
    {
        item.Data!["sequence_number"] = number;
        return item;
    });

    private static Written Event(string type, string member, JsonNode value)
    {
        var json = new JsonObject { ["type"] = type, [member] = value };
        if (type.StartsWith("response.output_item.", StringComparison.Ordinal))
        {
            json["output_index"] = 0;
        }

        return new(type, json);
    }

    private Written OfPart(Written item)
    {
        var json = item.Data!;
        (json["item_id"], json["output_index"], json["content_index"]) = ($"msg_{id}", 0, 0);
        return item;
    }

    private JsonObject Completion(string kind, JsonObject? choice, JsonObject? counted = null)
    {
        var json = new JsonObject
        {
            ["id"] = kind.StartsWith("chat", StringComparison.Ordinal) ? $"chatcmpl-{id}" : $"cmpl-{id}",
            ["object"] = kind,
            ["created"] = at.ToUnixTimeSeconds(),
            ["model"] = facts.Model,
            ["choices"] = choice is null ? [] : new JsonArray(choice),
        };
        if (counted is not null)
        {
            json["usage"] = counted;
        }

        return json;
    }

    private static JsonObject TextChoice(string said, string? reason) =>
        new() { ["text"] = said, ["index"] = 0, ["logprobs"] = null, ["finish_reason"] = reason };

    private static JsonObject ChatChoice(string member, JsonObject message, string? reason) =>
        new() { ["index"] = 0, [member] = message, ["logprobs"] = null, ["finish_reason"] = reason };

    private static JsonObject Said(string content) => new() { ["role"] = "assistant", ["content"] = content };

    private JsonObject OpenAiUsage() => new()
    {
        ["prompt_tokens"] = usage.Input,
        ["completion_tokens"] = usage.Output,
        ["total_tokens"] = (long)usage.Input + usage.Output,
    };

    private JsonObject Message(JsonArray content, string? reason, int output) => new()
    {
        ["id"] = $"msg_{id}",
        ["type"] = "message",
        ["role"] = "assistant",
        ["model"] = facts.Model,
        ["content"] = content,
        ["stop_reason"] = reason,
        ["stop_sequence"] = null,
        ["usage"] = new JsonObject { ["input_tokens"] = usage.Input, ["output_tokens"] = output },
    };

    private JsonObject Response(string status)
    {
        var isDone = status == "completed";
        var json = new JsonObject
        {
            ["id"] = $"resp_{id}",
            ["object"] = "response",
            ["created_at"] = at.ToUnixTimeSeconds(),
            ["status"] = status,
            ["error"] = null,
            ["incomplete_details"] = null,
            ["model"] = facts.Model,
            ["output"] = isDone ? new JsonArray(Item(status, [Part(text)])) : [],
            ["parallel_tool_calls"] = true,
            ["tool_choice"] = "auto",
            ["tools"] = new JsonArray(),
        };
        if (isDone)
        {
            json["usage"] = new JsonObject
            {
                ["input_tokens"] = usage.Input,
                ["input_tokens_details"] = new JsonObject { ["cached_tokens"] = 0 },
                ["output_tokens"] = usage.Output,
                ["output_tokens_details"] = new JsonObject { ["reasoning_tokens"] = 0 },
                ["total_tokens"] = (long)usage.Input + usage.Output,
            };
        }

        return json;
    }

    private JsonObject Item(string status, JsonArray content) =>
        new() { ["type"] = "message", ["id"] = $"msg_{id}", ["status"] = status, ["role"] = "assistant", ["content"] = content };

    private static JsonObject Part(string said) =>
        new() { ["type"] = "output_text", ["text"] = said, ["annotations"] = new JsonArray() };

    /// <summary>An event before it is written.</summary>
    /// <param name="Name">Its name; empty for none.</param>
    /// <param name="Data">Its data; null for the word that ends a stream.</param>
    /// <param name="Text">What it adds to the text.</param>
    private readonly record struct Written(string Name, JsonObject? Data, string Text = "");
}
