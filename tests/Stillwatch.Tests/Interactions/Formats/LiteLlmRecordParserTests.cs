using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stillwatch.Interactions;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Tests.Interactions.Formats;

public sealed class LiteLlmRecordParserTests
{
    private const string Request = """
        {"model":"gpt-4o","system":"Be brief.","messages":[{"role":"user","content":[{"type":"text",
        "text":"What is \"2+2\"?"}]}],"tools":[{"type":"function","function":{"name":"calc","parameters":{"type":"object"}}}],
        "temperature":0.2,"top_p":0.9,"max_completion_tokens":64,"n":1,"logprobs":true,"top_logprobs":3,
        "logit_bias":{"50256":-100,"11":1},"stream":true,"user":"someone"}
        """;

    private const string Response = """
        {"id":"chatcmpl-1","object":"chat.completion","choices":[{"index":0,"finish_reason":"stop",
        "message":{"role":"assistant","content":"Four."}},{"index":1,"finish_reason":"length","message":{"content":"4"}}],
        "usage":{"prompt_tokens":1,"completion_tokens":2,"completion_tokens_details":{"reasoning_tokens":7}}}
        """;

    private const string Metadata = """
        {"user_api_key":"abc","user_api_key_user_id":"other","user_api_key_team_id":"team-m",
        "user_agent":"OpenAI/Python 1.59.1","requester_ip_address":"10.0.0.1","error_information":null,
        "additional_usage_values":{"completion_tokens_details":{"reasoning_tokens":5}}}
        """;

    private static JsonObject Row => new()
    {
        ["request_id"] = "chatcmpl-1",
        ["call_type"] = "acompletion",
        ["api_key"] = "88dc28d0f030c55ed4ab77ed8faf098196cb1c05df778539800c9f1243fe6b4b",
        ["spend"] = 0.000168,
        ["total_tokens"] = 24,
        ["prompt_tokens"] = 7,
        ["completion_tokens"] = 17,
        ["startTime"] = "2026-03-02T14:30:00.250000+00:00",
        ["endTime"] = "2026-03-02T14:30:01.500000+00:00",
        ["completionStartTime"] = "2026-03-02T14:30:01+00:00",
        ["model"] = "gpt-4o",
        ["model_group"] = "smart",
        ["api_base"] = "https://api.openai.com",
        ["user"] = "user-1",
        ["metadata"] = JsonNode.Parse(Metadata),
        ["cache_hit"] = "False",
        ["cache_key"] = "Cache OFF",
        ["request_tags"] = new JsonArray("User-Agent: openai", "User-Agent: openai/1.59"),
        ["team_id"] = "team-1",
        ["organization_id"] = "",
        ["end_user"] = "",
        ["requester_ip_address"] = "192.0.2.7",
        ["messages"] = new JsonObject(),
        ["proxy_server_request"] = JsonNode.Parse(Request),
        ["response"] = JsonNode.Parse(Response),
        ["session_id"] = "s",
        ["status"] = "success",
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Parse_WholeRow_IsMapped(bool jsonInStrings)
    {
        var row = Row;
        foreach (var column in jsonInStrings ? new[] { "metadata", "request_tags", "proxy_server_request", "response", "messages" } : [])
        {
            row[column] = row[column]!.ToJsonString();
        }

        var read = ReadLog.Text(row.ToJsonString()).Single;
        Assert.Equal(("chatcmpl-1", 1772461800250), (read.Id, read.ObservedAtMs));
        Assert.Equal(("user-1", "team-1"), (read.Account.Value, read.Organization));
        Assert.Equal("88dc28d0f030c55ed4ab77ed8faf098196cb1c05df778539800c9f1243fe6b4b", read.ApiKey);
        Assert.Equal(("gpt-4o", "chat", 200, 1250d), (read.Model, read.Operation, read.Status, read.LatencyMs));
        Assert.Equal(("192.0.2.7", "OpenAI/Python 1.59.1"), (read.Client.Address.ToString(), read.Client.UserAgent));
        Assert.Equal("Be brief.", Utf8(read.Request.System));
        Assert.Equal(("user", "What is \"2+2\"?"), (read.Request.Messages[0].Role, Utf8(read.Request.Messages[0].Content)));
        Assert.Equal(["calc"], read.Request.Tools);
        Assert.Equal(new GenerationParameters(0.2, 0.9, 64, 1, true, 3, 2, true), read.Request.Parameters);
        Assert.Equal(("Four.", "stop"), (Utf8(read.ResponseText), read.FinishReason));
        Assert.Equal(7, read.Usage.Input);
        Assert.Equal(17, read.Usage.Output);
        Assert.InRange(read.Usage.Reasoning, 5, 7);
    }

    [Fact]
    public void Parse_MembersInAnyOrder_GiveTheSame()
    {
        var row = Row;
        row["metadata"]!.AsObject().Remove("additional_usage_values");
        var expected = Describe(ReadLog.Text(row.ToJsonString()).Single);
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var members = row.OrderBy(_ => random.Next()).Select(static m => KeyValuePair.Create(m.Key, m.Value?.DeepClone()));
            Assert.Equal(expected, Describe(ReadLog.Text(new JsonObject(members).ToJsonString()).Single));
        }
    }

    [Fact]
    public void Parse_NoUser_TakesTheKeyAsAccount()
    {
        var row = Row;
        row["user"] = "";
        row["metadata"] = "{}";
        row["organization_id"] = "org-1";
        var read = ReadLog.Text(row.ToJsonString()).Single;
        Assert.Equal(read.ApiKey, read.Account.Value);
        Assert.Equal("org-1", read.Organization);
        Assert.Equal("openai/1.59", read.Client.UserAgent);
    }

    [Fact]
    public void Parse_KeyInTheClear_IsReplacedByItsHash()
    {
        var row = Row;
        row["api_key"] = "sk-1234";
        row["user"] = null;
        row["metadata"] = null;
        var read = ReadLog.Text(row.ToJsonString()).Single;
        Assert.Equal("88dc28d0f030c55ed4ab77ed8faf098196cb1c05df778539800c9f1243fe6b4b", read.ApiKey);
        Assert.Equal(read.ApiKey, read.Account.Value);
    }

    [Theory]
    [InlineData("""[{"role":"user","content":"hi"}]""", "hi")]
    [InlineData("\"[{\\\"role\\\":\\\"user\\\",\\\"content\\\":\\\"hi\\\"}]\"", "hi")]
    [InlineData("\"hi there\"", "hi there")]
    [InlineData("{}", null)]
    [InlineData("null", null)]
    public void Parse_MessagesColumn_IsUsedWhereThereIsNoRequest(string messages, string? prompt)
    {
        var row = Row;
        row["messages"] = JsonNode.Parse(messages);
        row["proxy_server_request"] = new JsonObject();
        var read = ReadLog.Text(row.ToJsonString()).Single;
        Assert.Equal(prompt, read.Request.Messages is [.., var last] ? Utf8(last.Content) : null);
    }

    [Fact]
    public void Parse_Failure_HasTheErrorsStatus()
    {
        var row = Row;
        row["status"] = "failure";
        row["response"] = new JsonObject();
        row["metadata"]!["error_information"] = new JsonObject { ["error_code"] = "429", ["error_class"] = "RateLimitError" };
        var read = ReadLog.Text(row.ToJsonString()).Single;
        Assert.Equal(429, read.Status);
        Assert.Null(read.ResponseText);
    }

    [Theory]
    [InlineData("""{"content":[{"type":"text","text":"Hello"},{"type":"tool_use"}],"stop_reason":"end_turn"}""", "Hello", "end_turn")]
    [InlineData("""{"output":[{"type":"message","content":[{"type":"output_text","text":"Hello"}]}]}""", "Hello", null)]
    [InlineData("""{"choices":[{"text":"Hello","finish_reason":"length"}]}""", "Hello", "length")]
    [InlineData("\"Hello\"", "Hello", null)]
    public void Parse_RepliesOfOtherApis_AreRead(string response, string text, string? finishReason)
    {
        var row = Row;
        row["response"] = JsonNode.Parse(response);
        var read = ReadLog.Text(row.ToJsonString()).Single;
        Assert.Equal((text, finishReason), (Utf8(read.ResponseText), read.FinishReason));
    }

    [Theory]
    [InlineData("""{"input":"one","instructions":"sys"}""", "one")]
    [InlineData("""{"input":["one","two"]}""", "one\ntwo")]
    [InlineData("""{"input":[{"role":"user","content":[{"type":"input_text","text":"one"}]}]}""", "one")]
    [InlineData("""{"prompt":"one"}""", "one")]
    public void Parse_RequestsOfOtherApis_AreRead(string request, string prompt)
    {
        var row = Row;
        row["proxy_server_request"] = JsonNode.Parse(request);
        var message = Assert.Single(ReadLog.Text(row.ToJsonString()).Single.Request.Messages);
        Assert.Equal(("user", prompt), (message.Role, Utf8(message.Content)));
    }

    [Fact]
    public void Parse_BrokenJsonInAString_IsDroppedAndCounted()
    {
        var row = Row;
        row["proxy_server_request"] = """{"messages":[{"role":"user","content":"cut""";
        var log = ReadLog.Text(row.ToJsonString());
        Assert.Single(log.Records);
        var fault = Assert.Single(log.Faults.Repaired.First);
        Assert.Equal(("proxy_server_request", InputFaultReason.InvalidJson), (fault.Member, fault.Reason));
    }

    internal static string Describe(Interaction i) => JsonSerializer.Serialize(new
    {
        i.Id,
        i.ObservedAtMs,
        i.Account.Value,
        i.Organization,
        i.ApiKey,
        i.Model,
        i.Operation,
        Client = i.Client.ToString(),
        System = i.Request.System is { } system ? Utf8(system) : null,
        Messages = i.Request.Messages.Select(static m => m.Role + ":" + Utf8(m.Content)),
        i.Request.Tools,
        Parameters = i.Request.Parameters.ToString(),
        Response = i.ResponseText is { } text ? Utf8(text) : null,
        i.FinishReason,
        Usage = i.Usage.ToString(),
        i.Status,
        i.LatencyMs,
    });

    private static string Utf8(ReadOnlyMemory<byte>? text) => Encoding.UTF8.GetString(text!.Value.Span);
}
