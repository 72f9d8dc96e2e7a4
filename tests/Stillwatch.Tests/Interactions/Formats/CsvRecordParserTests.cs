using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Interactions;
using Stillwatch.Interactions.Formats;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Tests.Interactions.Formats;

public sealed class CsvRecordParserTests
{
    [Fact]
    public void Parse_ContractNames_AreRead()
    {
        var read = ReadLog.Text(""""
            id,time,account,organization,api_key,model,operation,client.ip,client.asn,client.country,client.user_agent,client.ja4
            r1,2026-03-02T00:01:22.360Z,a1,o1,k1,m1,responses,192.0.2.1,64500,us,"Agent, ""quoted""",j4
            """").Single;
        Assert.Equal(("r1", 1772409682360, "a1"), (read.Id, read.ObservedAtMs, read.Account.Value));
        Assert.Equal(("o1", "k1", "m1", "responses"), (read.Organization, read.ApiKey, read.Model, read.Operation));
        Assert.Equal(("192.0.2.1", 64500u, "US"), (read.Client.Address.ToString(), read.Client.AutonomousSystem, read.Client.Country));
        Assert.Equal(("Agent, \"quoted\"", "j4"), (read.Client.UserAgent, read.Client.Ja4));
    }

    [Fact]
    public void Parse_ContractNamesOfContent_AreRead()
    {
        var read = ReadLog.Text(""""
            time,account,model,request.system,request.messages,request.tools,request.parameters.temperature,request.stream,response.text
            2026-03-02T00:01:22Z,a,m,Be brief,"[{""role"":""user"",""content"":""one""},
            {""role"":""assistant"",""content"":""two""}]","search,run",0.7,false,"line 1
            line 2"
            """").Single;
        Assert.Equal("Be brief", Utf8(read.Request.System));
        Assert.Equal(["user:one", "assistant:two"], read.Request.Messages.Select(static m => m.Role + ":" + Utf8(m.Content)));
        Assert.Equal(["search", "run"], read.Request.Tools);
        Assert.Equal(new GenerationParameters(0.7, null, null, null, null, null, null, false), read.Request.Parameters);
        Assert.Equal("line 1\nline 2", Utf8(read.ResponseText));
    }

    [Fact]
    public void Parse_ContractNamesOfReplies_AreRead()
    {
        var read = ReadLog.Text("""
            time,account,model,response.finish_reason,usage.input_tokens,status,latency_ms,unknown
            2026-03-02T00:01:22Z,a,m,stop,12,200,7.5,whatever
            """).Single;
        Assert.Equal(("stop", 12, 200, 7.5), (read.FinishReason, read.Usage.Input, read.Status, read.LatencyMs));
    }

    [Theory]
    [InlineData("Timestamp;User ID;Model-Name;Prompt\n1772409682;a;m;hi", 1772409682000)]
    [InlineData("timestamp\tuser_id\tmodel\tprompt\n1772409682360\ta\tm\thi", 1772409682360)]
    [InlineData("ts,customer,model,prompt\r\n2026-03-02 00:01:22.360,a,m,hi\r\n", 1772409682360)]
    [InlineData("ts|account|model|prompt\n1772409682360123|a|m|hi", 1772409682360)]
    [InlineData("\uFEFF\"time\",\"account\",\"model\",\"prompt\"\n\"1772409682.36\",\"a\",\"m\",\"hi\"", 1772409682360)]
    public void Parse_CustomaryNamesAndOtherDelimiters_AreRead(string table, long time)
    {
        var read = ReadLog.Text(table).Single;
        Assert.Equal((time, "a", "m"), (read.ObservedAtMs, read.Account.Value, read.Model));
        Assert.Equal(("user", "hi"), (read.Request.Messages[^1].Role, Utf8(read.Request.Messages[^1].Content)));
    }

    [Fact]
    public void Parse_OwnColumns_ComeBeforeTheKnownOnes()
    {
        Assert.True(ColumnMapping.TryParse("when=time, who = account,time=latency_ms,text=prompt", out var columns, out _));
        var options = new ReaderOptions { Columns = columns, Format = InputFormat.Csv };
        var read = ReadLog.Text("when,who,model,time,text\n2026-03-02T00:01:22Z,a,m,5,hi\n", options).Single;
        Assert.Equal((1772409682000, 5d, "hi"), (read.ObservedAtMs, read.LatencyMs, Utf8(read.Request.Messages[0].Content)));
    }

    [Theory]
    [InlineData("when")]
    [InlineData("=time")]
    [InlineData("when=nothing")]
    [InlineData("a=time,A=model")]
    [InlineData("a=time=b")]
    public void TryParse_UnusableMapping_SaysWhatIsAccepted(string text)
    {
        Assert.False(ColumnMapping.TryParse(text, out _, out var error));
        Assert.NotEmpty(error!);
    }

    [Fact]
    public void Parse_UnusableRows_AreRejectedAndOthersRead()
    {
        var log = ReadLog.Text("""
            time,account,model,prompt
            2026-03-02T00:01:22Z,a,m,"one
            two"

            2026-03-02T00:01:22Z,a,m
            2026-03-02T00:01:22Z,a,m,x,y
            2026-03-02T00:01:22Z,,m,x
            never,a,m,x
            2026-03-02T00:01:22Z,a,m,"x"y
            2026-03-02T00:01:22Z,\N,m,x
            2026-03-02T00:01:22Z,a,m,5" pipe
            2026-03-02T00:01:22Z,a,m,"open
            """);
        Assert.Equal([2L, 11L], log.Records.Select(static r => r.Position.Line));
        Assert.Equal("5\" pipe", Utf8(log.Records[1].Interaction.Request.Messages[0].Content));
        Assert.Equal(
            [
                (5L, InputFaultReason.FieldCount), (6L, InputFaultReason.FieldCount), (7L, InputFaultReason.Empty),
                (8L, InputFaultReason.Malformed), (9L, InputFaultReason.MalformedQuoting), (10L, InputFaultReason.Empty),
                (12L, InputFaultReason.MalformedQuoting),
            ],
            log.Faults.Rejected.First.Select(static f => (f.Position.Line, f.Reason)));
    }

    [Theory]
    [InlineData("time,model\n2026-03-02T00:01:22Z,m\n", "account")]
    [InlineData("a,b\n1,2\n", "time, account, model")]
    public void Read_HeaderWithoutARequiredColumn_SaysWhich(string table, string missing)
    {
        var log = ReadLog.Text(table, new ReaderOptions { Format = InputFormat.Csv });
        var fault = Assert.Single(log.Faults.Rejected.First);
        Assert.Equal(InputFaultReason.Unsupported, fault.Reason);
        Assert.Contains("no column for " + missing + ";", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_AnyText_ComesBackAtAnyChunkSize() =>
        Prop.ForAll(Texts.ToArbitrary(), static texts =>
        {
            var table = new StringBuilder("time,account,model,prompt,id\n");
            foreach (var text in texts)
            {
                table.Append("2026-03-02T00:01:22Z,a,m,\"").Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append("\",1\n");
            }

            foreach (var size in new[] { 64, 65, 71, 1 << 20 })
            {
                var log = ReadLog.Text(table.ToString(), new ReaderOptions { Format = InputFormat.Csv, ChunkBytes = size });
                Assert.Equal(0, log.Faults.Rejected.Total);
                Assert.Equal(texts, log.Records.Select(static r => r.Interaction.Request.Messages is [var m] ? Utf8(m.Content) : ""));
            }

            return true;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("a,b\nc", 4)]
    [InlineData("\"a\nb\",c\nd", 8)]
    [InlineData("\"a\"\"\n\"\nd", 7)]
    [InlineData("a\"b\nc\"\n", 4)]
    [InlineData("\n", 1)]
    [InlineData("", -1)]
    [InlineData("a,b", -1)]
    [InlineData("\"a\n", -1)]
    public void RecordLength_Record_EndsAtItsLineFeed(string text, int length) =>
        Assert.Equal(length, CsvText.RecordLength(Encoding.UTF8.GetBytes(text), (byte)','));

    private static Gen<string[]> Texts =>
        Gen.Elements("a", "\"", ",", "\n", "\r\n", "é", " ", "\\", "'", ";", "\"\"", "b").ArrayOf().Select(string.Concat)
            .Select(static t => t.Length > 0 && t[0] is '[' or '{' ? "" : t).ArrayOf();

    private static string Utf8(ReadOnlyMemory<byte>? text) => Encoding.UTF8.GetString(text!.Value.Span);
}
