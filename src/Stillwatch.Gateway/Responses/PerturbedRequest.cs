using System.Text.Json;
using Stillwatch.Gateway.Dialects;

namespace Stillwatch.Gateway.Responses;

/// <summary>Finds out what text a request puts before the model: what noise is keyed by.</summary>
/// <remarks>
/// Two requests that mean the same to the model have to have the same noise, or asking in another spelling gives something to average.
/// Two that mean something else must not: the difference of their values would be exact. Hence only requests are taken that are
/// understood whole: members known by name, each of which either is in the key or cannot change the model's distribution. From any
/// other request the probabilities are taken out.
/// </remarks>
internal static class PerturbedRequest
{
    private const int MaxDepth = 256;

    /// <summary>What changes neither the prompt nor the distribution of the next token.</summary>
    private static readonly HashSet<string> Neutral = new(StringComparer.Ordinal)
    {
        "logprobs", "top_logprobs", "logit_bias", "n", "stream", "stream_options", "max_tokens", "max_completion_tokens",
        "max_output_tokens", "seed", "user", "metadata", "store", "include", "stop", "service_tier", "safety_identifier",
        "prompt_cache_key",
    };

    /// <summary>Reads a body that was read strictly before.</summary>
    /// <returns>The text before the reply; null where not all of the request is understood.</returns>
    public static LogprobContext? TryRead(ApiEndpoint endpoint, ReadOnlySpan<byte> body, LogprobNoise noise)
    {
        var content = endpoint switch
        {
            ApiEndpoint.ChatCompletions => "messages",
            ApiEndpoint.Completions => "prompt",
            ApiEndpoint.Responses => "input",
            _ => null,
        };
        if (content is null)
        {
            return null;
        }

        var context = noise.Begin();
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
            using var json = JsonDocument.ParseValue(ref reader);
            return TryAppend(json.RootElement, content, context) ? context : null;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // Half of a surrogate pair, or nested too deeply: not understood.
            return null;
        }
    }

    private static bool TryAppend(JsonElement root, string content, LogprobContext context)
    {
        var isUnderstood = root.EnumerateObject().All(member => member.Value.ValueKind is JsonValueKind.Null
            || Neutral.Contains(member.Name) || member.Name == content || member.Name switch
            {
                "model" => true,
                "instructions" => content == "input" && member.Value.ValueKind is JsonValueKind.String,
                "temperature" => IsNumber(member.Value, 0) || IsNumber(member.Value, 1),
                "top_p" => IsNumber(member.Value, 1),
                "frequency_penalty" or "presence_penalty" => IsNumber(member.Value, 0),
                _ => false,
            });
        if (!isUnderstood || !root.TryGetProperty(content, out var value))
        {
            return false;
        }

        context.AppendMember("model", root.GetProperty("model").GetString());
        if (root.TryGetProperty("instructions", out var instructions) && instructions.ValueKind is JsonValueKind.String)
        {
            context.AppendMember("instructions", instructions.GetString());
        }

        if (value.ValueKind is JsonValueKind.String)
        {
            return AppendText(value, content, context);
        }

        return content != "prompt" && value.ValueKind is JsonValueKind.Array
            && value.EnumerateArray().All(one => TryAppendMessage(one, context));
    }

    /// <summary>A prompt goes on in its reply, so that whoever moves words from one to the other has the same noise.</summary>
    private static bool AppendText(JsonElement value, string content, LogprobContext context)
    {
        if (content == "prompt")
        {
            context.AppendMember("prompt", null);
            context.Append(value.GetString()!);
        }
        else
        {
            context.AppendMember("role", "user");
            context.AppendMember("content", value.GetString());
        }

        return content != "messages";
    }

    private static bool TryAppendMessage(JsonElement message, LogprobContext context)
    {
        string? role = null, name = null, text = null;
        if (message.ValueKind is not JsonValueKind.Object)
        {
            return false;
        }

        foreach (var member in message.EnumerateObject())
        {
            var isText = member.Value.ValueKind is JsonValueKind.String;
            switch (member.Name)
            {
                case "role" when isText && role is null:
                    role = member.Value.GetString();
                    break;
                case "name" when isText && name is null:
                    name = member.Value.GetString();
                    break;
                case "content" when text is null:
                    text = isText ? member.Value.GetString() : OnlyPart(member.Value);
                    break;
                case "type" when isText && member.Value.ValueEquals("message"u8):
                    break;
                default:
                    return false;
            }
        }

        if (role is null || text is null)
        {
            return false;
        }

        context.AppendMember("role", role);
        if (name is not null)
        {
            context.AppendMember("name", name);
        }

        context.AppendMember("content", text);
        return true;
    }

    /// <summary>Servers join several parts in different ways; the text of a single one is the same as without parts.</summary>
    private static string? OnlyPart(JsonElement parts)
    {
        if (parts.ValueKind is not JsonValueKind.Array || parts.GetArrayLength() != 1 || parts[0].ValueKind is not JsonValueKind.Object)
        {
            return null;
        }

        var members = parts[0].EnumerateObject().ToList();
        var text = members.Find(static member => member.Name == "text").Value;
        return members.Count == 2 && text.ValueKind is JsonValueKind.String
            && members.Exists(static member => member.Name == "type" && member.Value.GetString() is "text" or "input_text" or "output_text")
            ? text.GetString()
            : null;
    }

    private static bool IsNumber(JsonElement value, double number) =>
        value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var given) && given == number;
}
