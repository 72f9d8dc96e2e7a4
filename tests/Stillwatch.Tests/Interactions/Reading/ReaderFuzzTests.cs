using System.Text;
using System.Text.Unicode;
using Stillwatch.Interactions;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Tests.Interactions.Reading;

/// <summary>Whatever the bytes are: no exception, bounded results, sound records, and no harm to the lines beside.</summary>
public sealed class ReaderFuzzTests
{
    private const int Rounds = 1000;

    private static readonly string[] SpendLogs =
    [
        OneLine.Of("""
        {"request_id":"r1","call_type":"acompletion","api_key":"88dc","startTime":"2026-03-02T14:30:00.25Z",
        "endTime":"2026-03-02T14:30:01Z","model":"m","user":"u","prompt_tokens":7,
        "metadata":"{\"user_agent\":\"x\",\"usage_object\":{\"completion_tokens_details\":{\"reasoning_tokens\":5}}}",
        "request_tags":["User-Agent: a"],"messages":"[{\"role\":\"user\",\"content\":\"hi\"}]",
        "proxy_server_request":{"messages":[{"role":"user","content":[{"type":"text","text":"q"}]}],
        "tools":[{"function":{"name":"t"}}],"logit_bias":{"1":2}},
        "response":"{\"choices\":[{\"message\":{\"content\":\"ok\"},\"finish_reason\":\"stop\"}]}","status":"success"}
        """),
        OneLine.Of("""
        {"request_id":"r2","call_type":"aembedding","startTime":"2026-03-02 14:30:00","model":"m","api_key":"sk-1",
        "metadata":{"error_information":{"error_code":"429"}},"messages":{},"proxy_server_request":"{\"input\":[\"a\",\"b\"]}",
        "response":"text"}
        """),
    ];

    private static readonly string Spans = OneLine.Of("""
        {"resourceSpans":[{"resource":{"attributes":[{"key":"user.id","value":{"stringValue":"u"}}]},
        "scopeSpans":[{"spans":[{"traceId":"aa","spanId":"bb","startTimeUnixNano":"1772461800250000321",
        "endTimeUnixNano":"1772461801500500321","attributes":[{"key":"gen_ai.request.model","value":{"stringValue":"m"}},
        {"key":"gen_ai.input.messages",
        "value":{"stringValue":"[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"hi\"}]}]"}},
        {"key":"gen_ai.output.messages","value":{"arrayValue":{"values":[{"kvlistValue":{"values":[{"key":"role",
        "value":{"stringValue":"assistant"}},{"key":"parts",
        "value":{"arrayValue":{"values":[{"kvlistValue":{"values":[{"key":"content","value":{"stringValue":"ok"}}]}}]}}}]}}]}}},
        {"key":"gen_ai.prompt.0.content","value":{"stringValue":"p"}},{"key":"gen_ai.usage.input_tokens",
        "value":{"intValue":"7"}}],"events":[{"name":"gen_ai.user.message","attributes":[{"key":"content",
        "value":{"stringValue":"e"}}]}]}]}]}]}
        """);

    private const string Table = """"
        time,account,model,request.messages,request.tools,client.ip,response.text,request.parameters.stream
        2026-03-02T00:01:22Z,a,m,"[{""role"":""user"",""content"":""x""}]","a,b",192.0.2.1,"multi
        line ""quoted""",true
        1772409682,b,m,plain text,"[""t""]",::1,,0
        """";

    private const string Row =
        """{"time":"2026-03-02 00:01:22","client.ip":"::1","account":7,"model":"m","messages":"x","request":{"tools":["t"]}}""";

    public static TheoryData<string> Corpora => ["native", "spend", "spans", "table", "list", "page", "rows"];

    [Theory]
    [MemberData(nameof(Corpora))]
    public void Read_DamagedLog_GivesOnlySoundRecords(string corpus)
    {
        var (bytes, format) = Corpus(corpus);
        Assert.NotEmpty(ReadLog.Bytes(bytes, new ReaderOptions { Format = format }).Records);
        for (var seed = 0; seed < Rounds; seed++)
        {
            var mutation = new Mutation(seed);
            var damaged = mutation.Apply(bytes);
            var options = new ReaderOptions
            {
                Format = mutation.Below(2) == 0 ? InputFormat.Auto : format,
                ChunkBytes = 64 << mutation.Below(8),
                MaxLineBytes = 64 << mutation.Below(10),
                MaxMessages = 4,
                MaxTools = 2,
            };
            AssertSound(() => ReadLog.Bytes(damaged, options), damaged.Length, $"{corpus}, seed {seed}");
        }
    }

    [Fact]
    public void Read_DamagedGzip_GivesOnlySoundRecords()
    {
        var stored = ReadLog.Gzip(Corpus("native").Bytes);
        for (var seed = 0; seed < Rounds; seed++)
        {
            var damaged = new Mutation(seed).Apply(stored);
            AssertSound(() => ReadLog.Bytes(damaged, new ReaderOptions { MaxLineBytes = 1 << 16 }), 1 << 20, $"gzip, seed {seed}");
        }
    }

    [Fact]
    public void Read_DamagedLine_LeavesTheOthersWhole()
    {
        var line = Encoding.UTF8.GetBytes(new RandomRecord(1).Write());
        var good = Encoding.UTF8.GetBytes("""{"time":"2026-03-02T00:01:22.360Z","account":"good","model":"m"}""" + "\n");
        for (var seed = 0; seed < Rounds; seed++)
        {
            var damaged = new Mutation(seed).Apply(line).Where(static b => b != '\n').ToArray();
            var log = ReadLog.Bytes([.. good, .. damaged, (byte)'\n', .. good]);
            Assert.True(log.Records.Count(static r => r.Interaction.Account.Value == "good") >= 2, $"seed {seed}");
            Assert.True(log.Records.Count + log.Faults.Rejected.Total <= 3, $"seed {seed}");
        }
    }

    private static (byte[] Bytes, InputFormat Format) Corpus(string name)
    {
        var native = string.Join('\n', Enumerable.Range(0, 3).Select(static i => new RandomRecord(i).Write()));
        var (text, format) = name switch
        {
            "native" => (native, InputFormat.Native),
            "spend" => (string.Join('\n', SpendLogs), InputFormat.LiteLlm),
            "spans" => (Spans, InputFormat.OpenTelemetry),
            "table" => (Table, InputFormat.Csv),
            "list" => ("[\n" + string.Join(",\n", SpendLogs) + "\n]", InputFormat.LiteLlm),
            "page" => ("{\"total\":2,\n\"data\":[" + string.Join(",\n", SpendLogs) + "]}", InputFormat.LiteLlm),
            _ => (native + "\n" + Row, InputFormat.Rows),
        };
        return (Encoding.UTF8.GetBytes(text), format);
    }

    private static void AssertSound(Func<ReadLog> read, int bytes, string what)
    {
        try
        {
            var log = read();
            Assert.InRange(log.Records.Count + log.Faults.Rejected.Total, 0, bytes + 2);
            Assert.InRange(log.Faults.Rejected.First.Length, 0, InputFaults.Kept);
            Assert.All(log.Records, static r => AssertSound(r.Interaction));
            Assert.Equal(log.Records.Count, log.Records.Select(static r => r.Position).Distinct().Count());
            Assert.All(log.Faults.Rejected.First, static f => Assert.InRange(f.ToString().Length, 1, 400));
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{what}: {e.Message}", e);
        }
    }

    private static void AssertSound(Interaction read)
    {
        Assert.NotEmpty(read.Id!);
        Assert.InRange(read.Account.Value.Length, 1, AccountId.MaxLength);
        Assert.NotEmpty(read.Model);
        Assert.NotEmpty(read.Operation);
        Assert.InRange(read.ObservedAtMs, 1420070400000, FixedTime.Instance.GetUtcNow().AddDays(1).ToUnixTimeMilliseconds());
        Assert.InRange(read.Request.Messages.Count, 0, 5);
        Assert.InRange(read.Request.Tools.Count, 0, ReaderOptions.DefaultMaxTools);
        Assert.All(read.Request.Messages, static m => Assert.True(Utf8.IsValid(m.Content.Span) && m.Role is not null));
        Assert.True(Utf8.IsValid(read.ResponseText.GetValueOrDefault().Span) && Utf8.IsValid(read.Request.System.GetValueOrDefault().Span));
        Assert.True(read.Usage is { Input: >= 0, Output: >= 0, Reasoning: >= 0 } && read.LatencyMs is null or >= 0);
    }
}
