using System.Text;
using System.Text.Json.Nodes;
using Stillwatch.Interactions;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Tests.Interactions.Formats;

public sealed class OtlpRecordParserTests
{
    private const string InputMessages = """
        [{"role":"system","parts":[{"type":"text","content":"Be kind"}]},
        {"role":"user","parts":[{"type":"text","content":"What is in \"this\"?"},{"type":"blob","modality":"image","content":"aGVsbG8="},
        {"type":"text","content":"And why?"}]}]
        """;

    private const string OutputMessages = """[{"role":"assistant","parts":[{"type":"text","content":"A cat."}],"finish_reason":"stop"}]""";

    /// <summary>An export up to the first member of its span, and from there to its end.</summary>
    private const string Before = """{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":7""";

    private const string After = """
        ,"attributes":[{"key":"gen_ai.request.model","value":{"stringValue":"m"}},{"key":"user.id","value":{"stringValue":"a"}}]}]}]}]}
        """;

    private static readonly (string Key, JsonNode Value)[] Usual =
    [
        ("gen_ai.operation.name", Str("chat")), ("gen_ai.provider.name", Str("openai")), ("gen_ai.request.model", Str("gpt-4o")),
        ("gen_ai.response.model", Str("gpt-4o-2024")), ("gen_ai.request.temperature", new JsonObject { ["doubleValue"] = 0.5 }),
        ("gen_ai.request.max_tokens", Int("200")), ("gen_ai.request.top_p", new JsonObject { ["intValue"] = 1 }),
        ("gen_ai.request.choice.count", Int("3")), ("gen_ai.usage.input_tokens", Int("52")), ("gen_ai.usage.output_tokens", Int("47")),
        ("gen_ai.usage.reasoning.output_tokens", Int("11")),
        ("gen_ai.response.finish_reasons", new JsonObject { ["arrayValue"] = new JsonObject { ["values"] = new JsonArray(Str("stop")) } }),
        ("user.id", Str("acct_1")), ("client.address", Str("2001:db8::7")), ("user_agent.original", Str("curl/8")),
        ("tls.client.ja4", Str("t13d")), ("http.response.status_code", Int("200")), ("server.address", Str("example.com")),
    ];

    [Fact]
    public void Parse_SpanWithContentAsJsonStrings_IsMapped()
    {
        var read = ReadLog.Text(Export(Span(
            [.. Usual, ("gen_ai.input.messages", Str(InputMessages)), ("gen_ai.output.messages", Str(OutputMessages)),
                ("gen_ai.system_instructions", Str("""[{"type":"text","content":"You translate."}]""")),
                ("gen_ai.tool.definitions", Str("""[{"type":"function","name":"get_weather"}]"""))]))).Single;

        Assert.Equal("5b8efff798038103d269b633813fc60c-eee19b7ec3c1b174", read.Id);
        Assert.Equal((1772461800250, "acct_1"), (read.ObservedAtMs, read.Account.Value));
        Assert.Equal(("gpt-4o", "chat", "stop", 200, 1250.5), (read.Model, read.Operation, read.FinishReason, read.Status, read.LatencyMs));
        Assert.Equal(new GenerationParameters(0.5, 1, 200, 3, null, null, null, null), read.Request.Parameters);
        Assert.Equal(new TokenUsage(52, 47, 11), read.Usage);
        Assert.Equal(("2001:db8::7", "curl/8", "t13d"), (read.Client.Address.ToString(), read.Client.UserAgent, read.Client.Ja4));
        Assert.Equal([("system", "Be kind"), ("user", "What is in \"this\"?\nAnd why?")], Messages(read));
        Assert.Equal(("You translate.", "A cat."), (Utf8(read.Request.System), Utf8(read.ResponseText)));
        Assert.Equal(["get_weather"], read.Request.Tools);
    }

    [Fact]
    public void Parse_StructuredContent_IsReadAsItsJsonWouldBe()
    {
        var text = ReadContent(Str(InputMessages), Str(OutputMessages));
        Assert.Contains("And why?", text, StringComparison.Ordinal);
        Assert.Equal(text, ReadContent(Wrap(JsonNode.Parse(InputMessages)), Wrap(JsonNode.Parse(OutputMessages))));
    }

    [Fact]
    public void Parse_ValueBeforeKeyAndResourceAfterSpans_AreRead()
    {
        var attributes = Usual.Where(static a => a.Key != "user.id")
            .Select(static a => new JsonObject { ["value"] = a.Value.DeepClone(), ["key"] = a.Key });
        var span = Span([]);
        span["attributes"] = new JsonArray([.. attributes]);
        var export = OneLine.Of("""
            {"resourceSpans":[{"scopeSpans":[{"spans":[SPAN]}],
            "resource":{"attributes":[{"key":"user.id","value":{"stringValue":"of-resource"}},
            {"key":"client.address","value":{"stringValue":"192.0.2.1"}}]}}]}
            """).Replace("SPAN", span.ToJsonString(), StringComparison.Ordinal);
        var read = ReadLog.Text(export).Single;
        Assert.Equal("of-resource", read.Account.Value);
        Assert.Equal("2001:db8::7", read.Client.Address.ToString());
    }

    [Fact]
    public void Parse_FormerAttributes_AreRead()
    {
        var read = ReadLog.Text(Export(Span(
            [("gen_ai.system", Str("openai")), ("gen_ai.request.model", Str("gpt-4")), ("enduser.id", Str("a")),
                ("llm.request.type", Str("chat")),
                ("gen_ai.usage.prompt_tokens", Int("5")), ("gen_ai.usage.completion_tokens", Int("6")),
                ("gen_ai.prompt.1.content", Str("two")), ("gen_ai.prompt.0.role", Str("system")), ("gen_ai.prompt.0.content", Str("one")),
                ("gen_ai.prompt.1.role", Str("user")), ("gen_ai.completion.0.role", Str("assistant")),
                ("gen_ai.completion.0.content", Str("""{"text":"kept as it is"}""")),
                ("gen_ai.completion.0.finish_reason", Str("length"))]))).Single;
        Assert.Equal([("system", "one"), ("user", "two")], Messages(read));
        Assert.Equal(("a", "gpt-4", "chat", "length"), (read.Account.Value, read.Model, read.Operation, read.FinishReason));
        Assert.Equal("""{"text":"kept as it is"}""", Utf8(read.ResponseText));
        Assert.Equal(new TokenUsage(5, 6, 0), read.Usage);
    }

    [Fact]
    public void Parse_ContentInEvents_IsRead()
    {
        var span = Span(Usual);
        span["events"] = new JsonArray(
            Event("gen_ai.system.message", ("content", Str("one"))),
            Event("gen_ai.user.message", ("gen_ai.event.content", Str("""{"role":"user","content":"two"}"""))),
            Event("exception", ("exception.message", Str("x"))),
            Event("gen_ai.choice", ("gen_ai.event.content", Str("""{"index":0,"message":{"role":"assistant","content":"three"}}"""))));
        var read = ReadLog.Text(Export(span)).Single;
        Assert.Equal([("system", "one"), ("user", "two")], Messages(read));
        Assert.Equal("three", Utf8(read.ResponseText));
    }

    [Fact]
    public void Parse_SeveralExportsAndSpans_KeepsOrderAndPassesOthersOver()
    {
        var http = Span([("http.request.method", Str("POST")), ("user.id", Str("x"))]);
        var agent = Span([.. Usual.Skip(1), ("gen_ai.operation.name", Str("invoke_agent"))]);
        var broken = Span([.. Usual.Where(static a => a.Key != "user.id")]);
        var log = ReadLog.Text(Export(http, Span(Usual), agent, broken, Span(Usual)) + "\n" + Export(Span(Usual)) + "\n");
        Assert.Equal([new(0, 1, 1), new(0, 1, 4), new RecordPosition(0, 2, 0)], log.Records.Select(static r => r.Position));
        var fault = Assert.Single(log.Faults.Rejected.First);
        Assert.Equal(("account", InputFaultReason.Missing, new RecordPosition(0, 1, 3)), (fault.Member, fault.Reason, fault.Position));
        Assert.Equal(0, log.Faults.Repaired.Total);
    }

    [Theory]
    [InlineData(Before + ",\"startTimeUnixNano\":\"soon\"" + After, "time", InputFaultReason.Malformed)]
    [InlineData(Before + ",\"startTimeUnixNano\":\"17\"" + After, "time", InputFaultReason.OutOfRange)]
    [InlineData(Before + After, "time", InputFaultReason.Missing)]
    [InlineData(Before + ",\"attributes\":[", "", InputFaultReason.InvalidJson)]
    [InlineData("""{"resourceLogs":[]}""", "resourceSpans", InputFaultReason.Missing)]
    public void Parse_UnusableRecord_IsRejected(string record, string member, InputFaultReason reason)
    {
        var log = ReadLog.Text(record + "\n", new ReaderOptions { Format = InputFormat.OpenTelemetry });
        var fault = Assert.Single(log.Faults.Rejected.First);
        Assert.Equal((member, reason), (fault.Member, fault.Reason));
    }

    [Theory]
    [InlineData("""{"resourceSpans":null}""")]
    [InlineData("""{"resourceSpans":[null,1,"x",[],{"resource":1,"scopeSpans":{"spans":[]}}]}""")]
    [InlineData(
        """{"resourceSpans":[{"resource":{"attributes":{}},"scopeSpans":[1,{"spans":{}},{"spans":[1,null,{"attributes":{}}]}]}]}""")]
    [InlineData(Before + ""","attributes":[1,{"key":1,"value":2},{"value":{}},{"key":"gen_ai.x","value":[]}],"events":7}]}]}]}""")]
    public void Parse_OtherShapes_ThrowNothing(string record) =>
        Assert.Empty(ReadLog.Text(record + "\n", new ReaderOptions { Format = InputFormat.OpenTelemetry }).Records);

    private static JsonObject Str(string value) => new() { ["stringValue"] = value };

    private static JsonObject Int(string value) => new() { ["intValue"] = value };

    private static JsonObject Wrap(JsonNode? node) => node switch
    {
        JsonArray array => new() { ["arrayValue"] = new JsonObject { ["values"] = new JsonArray([.. array.Select(Wrap)]) } },
        JsonObject list => new() { ["kvlistValue"] = new JsonObject { ["values"] = new JsonArray([.. list.Select(WrapMember)]) } },
        _ => Str(node!.GetValue<string>()),
    };

    private static JsonObject WrapMember(KeyValuePair<string, JsonNode?> member) =>
        new() { ["value"] = Wrap(member.Value), ["key"] = member.Key };

    private static string ReadContent(JsonObject input, JsonObject output) => LiteLlmRecordParserTests.Describe(
        ReadLog.Text(Export(Span([.. Usual, ("gen_ai.input.messages", input), ("gen_ai.output.messages", output)]))).Single);

    private static JsonArray Attributes((string Key, JsonNode Value)[] attributes) =>
        new([.. attributes.Select(static a => new JsonObject { ["key"] = a.Key, ["value"] = a.Value.DeepClone() })]);

    private static JsonObject Event(string name, params (string Key, JsonNode Value)[] attributes) =>
        new() { ["timeUnixNano"] = "1772461800250000000", ["name"] = name, ["attributes"] = Attributes(attributes) };

    private static JsonObject Span((string Key, JsonNode Value)[] attributes) => new()
    {
        ["traceId"] = "5b8efff798038103d269b633813fc60c",
        ["spanId"] = "eee19b7ec3c1b174",
        ["parentSpanId"] = "",
        ["name"] = "chat gpt-4o",
        ["kind"] = 3,
        ["startTimeUnixNano"] = "1772461800250000321",
        ["endTimeUnixNano"] = "1772461801500500321",
        ["attributes"] = Attributes(attributes),
        ["status"] = new JsonObject(),
    };

    private static string Export(params JsonObject[] spans) => new JsonObject
    {
        ["resourceSpans"] = new JsonArray(new JsonObject
        {
            ["resource"] = new JsonObject { ["attributes"] = Attributes([("service.name", Str("gateway"))]) },
            ["scopeSpans"] = new JsonArray(new JsonObject { ["scope"] = new JsonObject(), ["spans"] = new JsonArray([.. spans]) }),
        }),
    }.ToJsonString();

    private static IEnumerable<(string, string)> Messages(Interaction read) =>
        read.Request.Messages.Select(static m => (m.Role, Utf8(m.Content)));

    private static string Utf8(ReadOnlyMemory<byte>? text) => Encoding.UTF8.GetString(text!.Value.Span);
}
