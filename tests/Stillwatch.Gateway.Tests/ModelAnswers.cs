using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Stillwatch.Gateway.Tests;

/// <summary>Answers as OpenAI's and Anthropic's servers do, from fixed bytes.</summary>
internal static class ModelAnswers
{
    /// <summary>The bytes that a request is answered with.</summary>
    public static string Of(string path, bool stream) => (path, stream) switch
    {
        ("/v1/chat/completions", false) => ChatBody,
        ("/v1/chat/completions", true) => ChatStream,
        ("/v1/completions", false) => CompletionBody,
        ("/v1/completions", true) => CompletionStream,
        ("/v1/responses", false) => ResponsesBody,
        ("/v1/responses", true) => ResponsesStream,
        ("/v1/embeddings", _) => EmbeddingsBody,
        ("/v1/messages", false) => MessagesBody,
        ("/v1/messages", true) => MessagesStream,
        ("/v1/messages/count_tokens", _) => """{"input_tokens": 17}""",
        _ => """{"unknown": true}""",
    };

    public static async Task AnswerAsync(HttpContext http, Received request)
    {
        var stream = IsStream(request.Body);
        var bytes = Encoding.UTF8.GetBytes(Of(http.Request.Path, stream));
        http.Response.ContentType = stream ? "text/event-stream; charset=utf-8" : "application/json";
        http.Response.Headers["x-request-id"] = "upstream-1";
        if (!stream)
        {
            http.Response.ContentLength = bytes.Length;
        }

        await http.Response.Body.WriteAsync(bytes);
    }

    public static bool IsStream(byte[] body)
    {
        if (body.Length == 0 || body[0] != '{')
        {
            return false;
        }

        using var json = JsonDocument.Parse(body);
        return json.RootElement.TryGetProperty("stream", out var stream) && stream.ValueKind is JsonValueKind.True;
    }

    public const string ChatBody = """
        {"id":"chatcmpl-1","object":"chat.completion","created":1760000000,"model":"test-model","choices":[{"index":0,"message":{"role":"assistant","content":"Hello \"there\"","refusal":null},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18,"completion_tokens_details":{"reasoning_tokens":2}}}
        """;

    public const string ChatStream =
        "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1760000000,\"model\":\"test-model\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}],\"usage\":null}\n\n"
        + "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1760000000,\"model\":\"test-model\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Grüße\"},\"finish_reason\":null}]}\n\n"
        + ": a comment\n\n"
        + "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1760000000,\"model\":\"test-model\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" \\n\\u00e4 you\"},\"finish_reason\":null}]}\n\n"
        + "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1760000000,\"model\":\"test-model\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
        + "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1760000000,\"model\":\"test-model\",\"choices\":[],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":7,\"total_tokens\":18}}\n\n"
        + "data: [DONE]\n\n";

    public const string CompletionBody = """
        {"id":"cmpl-1","object":"text_completion","created":1760000000,"model":"test-model","choices":[{"text":" world","index":0,"logprobs":null,"finish_reason":"length"}],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}
        """;

    public const string CompletionStream =
        "data: {\"id\":\"cmpl-1\",\"object\":\"text_completion\",\"created\":1760000000,\"model\":\"test-model\",\"choices\":[{\"text\":\" wor\",\"index\":0,\"logprobs\":null,\"finish_reason\":null}]}\n\n"
        + "data: {\"id\":\"cmpl-1\",\"object\":\"text_completion\",\"created\":1760000000,\"model\":\"test-model\",\"choices\":[{\"text\":\"ld\",\"index\":0,\"logprobs\":null,\"finish_reason\":\"length\"}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5}}\n\n"
        + "data: [DONE]\n\n";

    public const string ResponsesBody = """
        {"id":"resp_1","object":"response","created_at":1760000000,"status":"completed","error":null,"incomplete_details":null,"model":"test-model","output":[{"type":"reasoning","id":"rs_1","summary":[]},{"type":"message","id":"msg_1","status":"completed","role":"assistant","content":[{"type":"output_text","text":"Hello there","annotations":[]}]}],"parallel_tool_calls":true,"tool_choice":"auto","tools":[],"usage":{"input_tokens":9,"input_tokens_details":{"cached_tokens":0},"output_tokens":6,"output_tokens_details":{"reasoning_tokens":3},"total_tokens":15}}
        """;

    public const string ResponsesStream =
        "event: response.created\ndata: {\"type\":\"response.created\",\"sequence_number\":0,\"response\":{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":1760000000,\"status\":\"in_progress\",\"model\":\"test-model\",\"output\":[]}}\n\n"
        + "event: response.output_item.added\ndata: {\"type\":\"response.output_item.added\",\"sequence_number\":1,\"output_index\":0,\"item\":{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"in_progress\",\"role\":\"assistant\",\"content\":[]}}\n\n"
        + "event: response.content_part.added\ndata: {\"type\":\"response.content_part.added\",\"sequence_number\":2,\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,\"part\":{\"type\":\"output_text\",\"text\":\"\",\"annotations\":[]}}\n\n"
        + "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"sequence_number\":3,\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,\"delta\":\"Hello\"}\n\n"
        + "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"sequence_number\":4,\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,\"delta\":\" there\"}\n\n"
        + "event: response.output_text.done\ndata: {\"type\":\"response.output_text.done\",\"sequence_number\":5,\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,\"text\":\"Hello there\"}\n\n"
        + "event: response.completed\ndata: {\"type\":\"response.completed\",\"sequence_number\":6,\"response\":{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":1760000000,\"status\":\"completed\",\"model\":\"test-model\",\"output\":[{\"type\":\"message\",\"id\":\"msg_1\",\"status\":\"completed\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"Hello there\",\"annotations\":[]}]}],\"usage\":{\"input_tokens\":9,\"output_tokens\":6,\"output_tokens_details\":{\"reasoning_tokens\":3},\"total_tokens\":15}}}\n\n";

    public const string EmbeddingsBody = """
        {"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.25,-0.5]}],"model":"test-model","usage":{"prompt_tokens":4,"total_tokens":4}}
        """;

    public const string MessagesBody = """
        {"id":"msg_1","type":"message","role":"assistant","model":"test-model","content":[{"type":"thinking","thinking":"Hm.","signature":"c2ln"},{"type":"text","text":"Hello there"}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":10,"cache_creation_input_tokens":3,"cache_read_input_tokens":4,"output_tokens":8}}
        """;

    public const string MessagesStream =
        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"test-model\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":10,\"cache_creation_input_tokens\":3,\"cache_read_input_tokens\":4,\"output_tokens\":1}}}\n\n"
        + "event: ping\ndata: {\"type\": \"ping\"}\n\n"
        + "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n"
        + "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hello\"}}\n\n"
        + "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\" there\"}}\n\n"
        + "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
        + "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":8}}\n\n"
        + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
}
