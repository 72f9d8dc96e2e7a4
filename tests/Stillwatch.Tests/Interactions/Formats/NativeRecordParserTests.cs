using System.Text;
using Stillwatch.Interactions;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Tests.Interactions.Formats;

public sealed class NativeRecordParserTests
{
    private const string Least = """{"time":"2026-03-02T00:01:22.360Z","account":"a","model":"m"}""";

    [Fact]
    public void Parse_EveryMember_IsRead()
    {
        var read = ReadLog.Text(OneLine.Of("""
            {"time":"2026-03-02T00:01:22.360Z","id":"req_1","account":"acct_1","organization":"org_1","api_key":"key_1",
            "model":"m-large","operation":"responses","client":{"ip":"2001:db8::1","asn":4200000000,"country":"de",
            "user_agent":"OpenAI/Python 1.59.1","ja4":"t13d1812h1_85036bcba153_b26ce05bbdd6"},"request":{"system":"Be \"brief\".",
            "messages":[{"role":"user","content":"Grüße\n"},{"role":"assistant","content":null},{"role":"user","content":"Hi"}],
            "tools":["search","run"],"parameters":{"temperature":0.7,"top_p":1,"max_tokens":256,"n":2,"logprobs":true,
            "top_logprobs":5,"logit_bias":3,"stream":false}},"response":{"text":"Hello","finish_reason":"stop"},
            "usage":{"input_tokens":12,"output_tokens":34,"reasoning_tokens":5},"status":200,"latency_ms":123.5,
            "unknown":{"deep":[1,{"x":null}]}}
            """)).Single;

        Assert.Equal(("req_1", 1772409682360, "acct_1"), (read.Id, read.ObservedAtMs, read.Account.Value));
        Assert.Equal(("org_1", "key_1", "m-large", "responses"), (read.Organization, read.ApiKey, read.Model, read.Operation));
        Assert.Equal(("stop", 200, 123.5), (read.FinishReason, read.Status, read.LatencyMs));
        Assert.Equal("2001:db8::1", read.Client.Address.ToString());
        Assert.Equal((4200000000u, "DE"), (read.Client.AutonomousSystem, read.Client.Country));
        Assert.Equal(("OpenAI/Python 1.59.1", "t13d1812h1_85036bcba153_b26ce05bbdd6"), (read.Client.UserAgent, read.Client.Ja4));
        Assert.Equal("Be \"brief\".", Utf8(read.Request.System));
        Assert.Equal(
            [("user", "Grüße\n"), ("assistant", ""), ("user", "Hi")], read.Request.Messages.Select(static m => (m.Role, Utf8(m.Content))));
        Assert.Equal(["search", "run"], read.Request.Tools);
        Assert.Equal(new GenerationParameters(0.7, 1, 256, 2, true, 5, 3, false), read.Request.Parameters);
        Assert.Equal("Hello", Utf8(read.ResponseText));
        Assert.Equal(new TokenUsage(12, 34, 5), read.Usage);
    }

    [Fact]
    public void Parse_LeastRecord_HasNothingGuessed()
    {
        var read = ReadLog.Text(Least).Single;
        Assert.Equal("chat", read.Operation);
        Assert.Null(read.Organization);
        Assert.Null(read.ResponseText);
        Assert.Null(read.LatencyMs);
        Assert.Equal(default, read.Client);
        Assert.Equal(default, read.Request.Parameters);
        Assert.Empty(read.Request.Messages);
        Assert.Null(read.Request.System);
        Assert.Equal(0, read.Status);
    }

    [Fact]
    public void Parse_NullsWhereAllowed_AreAbsence()
    {
        var read = ReadLog.Text(OneLine.Of("""
            {"time":"2026-03-02T00:01:22.360Z","account":"a","model":"m","organization":null,"api_key":null,"client":{"ip":null,
            "asn":null,"country":null,"user_agent":null,"ja4":null},"request":{"system":null,"parameters":{"temperature":null,
            "stream":null}},"response":{"text":null,"finish_reason":null}}
            """)).Single;
        Assert.Equal((null, null, default(ClientPeer)), (read.Organization, read.ApiKey, read.Client));
        Assert.Equal(default, read.Request.Parameters);
    }

    [Fact]
    public void Parse_DuplicateMembers_TakesTheLast()
    {
        var read = ReadLog.Text(OneLine.Of("""
            {"account":"","account":"b","model":"x","model":"m","time":"never","time":"2026-03-02T00:01:22Z",
            "client":{"ip":"192.0.2.1","ja4":"j"},"client":{"asn":7},"request":{"messages":[{"role":"user","content":"one"}],
            "tools":["t"]},"request":{"messages":[{"role":"user","content":"two"}]},"status":200,"status":null}
            """)).Single;
        Assert.Equal(("b", "m", 0), (read.Account.Value, read.Model, read.Status));
        Assert.Equal(new ClientPeer(null, 7, null, null, null), read.Client);
        Assert.Equal("two", Utf8(Assert.Single(read.Request.Messages).Content));
        Assert.Empty(read.Request.Tools);
    }

    [Theory]
    [InlineData("""{"account":"a","model":"m"}""", "time", InputFaultReason.Missing)]
    [InlineData("""{"time":null,"account":"a","model":"m"}""", "time", InputFaultReason.Missing)]
    [InlineData("""{"time":"","account":"a","model":"m"}""", "time", InputFaultReason.Empty)]
    [InlineData("""{"time":17,"account":"a","model":"m"}""", "time", InputFaultReason.WrongType)]
    [InlineData("""{"time":"2026-03-02T00:01:22","account":"a","model":"m"}""", "time", InputFaultReason.Malformed)]
    [InlineData("""{"time":"2014-12-31T23:59:59.999Z","account":"a","model":"m"}""", "time", InputFaultReason.OutOfRange)]
    [InlineData("""{"time":"2026-03-21T12:00:00.001Z","account":"a","model":"m"}""", "time", InputFaultReason.OutOfRange)]
    [InlineData("""{"time":"2026-03-02T00:01:22Z","account":"a"}""", "model", InputFaultReason.Missing)]
    [InlineData("""{"time":"2026-03-02T00:01:22Z","account":"","model":"m"}""", "account", InputFaultReason.Empty)]
    [InlineData("""{"time":"2026-03-02T00:01:22Z","account":{"id":1},"model":"m"}""", "account", InputFaultReason.WrongType)]
    [InlineData("""{"time":"2026-03-02T00:01:22Z","account":"a\u0000","model":"m"}""", "account", InputFaultReason.ControlCharacter)]
    [InlineData("""{"time":"2026-03-02T00:01:22Z","account":"a","model":"\u001b[2J"}""", "model", InputFaultReason.ControlCharacter)]
    [InlineData("""[{"time":"2026-03-02T00:01:22Z"}]""", "", InputFaultReason.NotAnObject)]
    [InlineData("\"time\"", "", InputFaultReason.NotAnObject)]
    [InlineData("""{"time":"2026-03-02T00:01:22Z","account":"a","model":"m"} {}""", "", InputFaultReason.InvalidJson)]
    [InlineData("""{"time":"2026-03-02T00:01:22Z","account":"a","model":"m",}""", "", InputFaultReason.InvalidJson)]
    [InlineData("""{"time":"2026-03-02T00:01:22Z","account":"a","model":"m" """, "", InputFaultReason.InvalidJson)]
    [InlineData("""{"time":"2026-03-02T00:01:22Z","account":"a","model":"\ud83"}""", "", InputFaultReason.InvalidJson)]
    [InlineData("{\"time\":\"2026-03-02T00:01:22Z\",\"account\":\"a\u0000\",\"model\":\"m\"}", "", InputFaultReason.InvalidJson)]
    [InlineData("garbage", "", InputFaultReason.InvalidJson)]
    public void Parse_UnusableRecord_IsRejectedWithMemberAndReason(string line, string member, InputFaultReason reason)
    {
        var log = ReadLog.Text(Least + "\n" + line + "\n" + Least + "\n");
        Assert.Equal([1L, 3L], log.Records.Select(static r => r.Position.Line));
        var fault = Assert.Single(log.Faults.Rejected.First);
        Assert.Equal((member, reason, 2L, "log"), (fault.Member, fault.Reason, fault.Position.Line, fault.File));
        Assert.Equal(0, log.Faults.Repaired.Total);
    }

    [Theory]
    [InlineData("\"client\":{\"ip\":\"300.1.1.1\"}", "client.ip", InputFaultReason.Malformed)]
    [InlineData("\"client\":{\"ip\":7}", "client.ip", InputFaultReason.WrongType)]
    [InlineData("\"client\":{\"asn\":-1}", "client.asn", InputFaultReason.OutOfRange)]
    [InlineData("\"client\":{\"asn\":1.5}", "client.asn", InputFaultReason.WrongType)]
    [InlineData("\"client\":{\"asn\":\"7\"}", "client.asn", InputFaultReason.WrongType)]
    [InlineData("\"client\":{\"country\":\"DEU\"}", "client.country", InputFaultReason.Malformed)]
    [InlineData("\"client\":[1,[2]]", "client", InputFaultReason.WrongType)]
    [InlineData("\"request\":{\"messages\":{\"role\":\"user\"}}", "request.messages", InputFaultReason.WrongType)]
    [InlineData("\"request\":{\"messages\":[7]}", "request.messages", InputFaultReason.WrongType)]
    [InlineData("\"request\":{\"messages\":[{\"role\":1,\"content\":\"x\"}]}", "request.messages.role", InputFaultReason.WrongType)]
    [InlineData("\"request\":{\"tools\":[7]}", "request.tools", InputFaultReason.WrongType)]
    [InlineData("\"request\":{\"parameters\":{\"temperature\":1e999}}", "request.parameters.temperature", InputFaultReason.OutOfRange)]
    [InlineData("\"request\":{\"parameters\":{\"temperature\":\"warm\"}}", "request.parameters.temperature", InputFaultReason.WrongType)]
    [InlineData("\"request\":{\"parameters\":{\"stream\":1}}", "request.parameters.stream", InputFaultReason.WrongType)]
    [InlineData("\"usage\":{\"input_tokens\":-3}", "usage.input_tokens", InputFaultReason.OutOfRange)]
    [InlineData("\"usage\":{\"input_tokens\":3000000000}", "usage.input_tokens", InputFaultReason.OutOfRange)]
    [InlineData("\"latency_ms\":-0.5", "latency_ms", InputFaultReason.OutOfRange)]
    [InlineData("\"organization\":{}", "organization", InputFaultReason.WrongType)]
    public void Parse_UnusableOptionalMember_IsDroppedAndCounted(string member, string path, InputFaultReason reason)
    {
        var log = ReadLog.Text(Least[..^1] + "," + member + "}");
        Assert.Single(log.Records);
        Assert.Equal(0, log.Faults.Rejected.Total);
        var fault = Assert.Single(log.Faults.Repaired.First);
        Assert.Equal((path, reason), (fault.Member, fault.Reason));
    }

    [Fact]
    public void Parse_NestedToTheLimit_IsReadAndOneDeeperRejected()
    {
        static string Nested(int depth) => Least[..^1] + ",\"x\":" + new string('[', depth - 1) + new string(']', depth - 1) + "}";
        Assert.Single(ReadLog.Text(Nested(64)).Records);
        var fault = Assert.Single(ReadLog.Text(Nested(65)).Faults.Rejected.First);
        Assert.Equal(InputFaultReason.NestedTooDeep, fault.Reason);
        Assert.Equal(InputFaultReason.NestedTooDeep, Assert.Single(ReadLog.Text(Nested(1_000_000)).Faults.Rejected.First).Reason);
    }

    [Fact]
    public void Parse_InvalidUtf8_IsRejectedAloneInItsChunk()
    {
        byte[] log = [.. Encoding.UTF8.GetBytes(Least + "\n{\"x\":\""), 0xC3, 0x28, .. Encoding.UTF8.GetBytes("\"}\n" + Least)];
        var read = ReadLog.Bytes(log);
        Assert.Equal(2, read.Records.Count);
        var fault = Assert.Single(read.Faults.Rejected.First);
        Assert.Equal((InputFaultReason.InvalidUtf8, 2L), (fault.Reason, fault.Position.Line));
    }

    [Fact]
    public void Parse_LoneSurrogateInPrompt_BecomesTheReplacementCharacter()
    {
        var read = ReadLog.Text(Least[..^1] + ""","request":{"messages":[{"role":"user","content":"cut \ud83d"}]}}""").Single;
        Assert.Equal("cut \uFFFD", Utf8(read.Request.Messages[0].Content));
    }

    [Fact]
    public void Parse_EscapedMemberNames_AreTheirPlainForm()
    {
        const string Line = """{"\u0074ime":"2026-03-02T00:01:22.360Z","a\u0063count":"\u0061","mod\u0065l":"m","st\u0061tus":200}""";
        var read = ReadLog.Text(Line).Single;
        Assert.Equal(("a", 200), (read.Account.Value, read.Status));
    }

    [Fact]
    public void Parse_ContentInParts_IsJoined()
    {
        var read = ReadLog.Text(Least[..^1] + OneLine.Of("""
            ,"request":{"messages":[{"role":"user","content":[{"type":"text","text":"one"},{"type":"image_url",
            "image_url":{"url":"x"}},"two",{"type":"tool_result","content":[{"type":"text","text":"three"}]}]}]}}
            """)).Single;
        Assert.Equal("one\ntwo\nthree", Utf8(read.Request.Messages[0].Content));
    }

    [Fact]
    public void Parse_PartsOfAnyType_AreReadAndInlineDataIsNot()
    {
        var read = ReadLog.Text(Least[..^1] + """
            ,"request":{"messages":[{"role":"user","content":[{"type":"\udc00","text":"one"},{"text":"aGk=","type":"bl\u006fb"}]}]}}
            """).Single;
        Assert.Equal("one", Utf8(read.Request.Messages[0].Content));
    }

    [Fact]
    public void Parse_MoreThanTheLimits_KeepsTheLastMessagesAndFirstTools()
    {
        var messages = string.Join(',', Enumerable.Range(0, 10).Select(static i => $$"""{"role":"user","content":"{{i}}"}"""));
        var tools = string.Join(',', Enumerable.Range(0, 10).Select(static i => $"\"t{i}\""));
        var options = new ReaderOptions { MaxMessages = 3, MaxTools = 2, MaxNameBytes = 64 };
        var agent = new string('u', 63) + "é";
        var log = ReadLog.Text(
            Least[..^1] + $$""","client":{"user_agent":"{{agent}}"},"request":{"messages":[{{messages}}],"tools":[{{tools}}] } }""",
            options);
        var read = Assert.Single(log.Records).Interaction;
        Assert.Equal(["7", "8", "9"], read.Request.Messages.Select(static m => Utf8(m.Content)));
        Assert.Equal(["t0", "t1"], read.Request.Tools);
        Assert.Equal(new string('u', 63), read.Client.UserAgent);
        Assert.Equal(3, log.Faults.Repaired.ByReason[InputFaultReason.TooLong]);
    }

    [Fact]
    public void Parse_NoId_DerivesOneFromContentAndPosition()
    {
        var log = ReadLog.Text(Least + "\n" + Least + "\n");
        var again = ReadLog.Bytes(ReadLog.Gzip(Encoding.UTF8.GetBytes(Least + "\r\n" + Least)), name: "renamed.gz");
        Assert.Equal(log.Records.Select(static r => r.Interaction.Id), again.Records.Select(static r => r.Interaction.Id));
        Assert.NotEqual(log.Records[0].Interaction.Id, log.Records[1].Interaction.Id);
        Assert.Equal(32, log.Records[0].Interaction.Id!.Length);
    }

    private static string Utf8(ReadOnlyMemory<byte>? text) => Encoding.UTF8.GetString(text!.Value.Span);
}
