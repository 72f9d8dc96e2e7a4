using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stillwatch.Interactions.Reading;
using Stillwatch.Tests.Interactions.Formats;

namespace Stillwatch.Tests.Interactions.Reading;

public sealed class DocumentChunkerTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_ListOfRecords_GivesEachWithItsLineAtAnyPieceSize(bool indented)
    {
        var list = new JsonArray([.. Enumerable.Range(0, 5).Select(static i => Row(i))]);
        var text = indented ? list.ToJsonString(Indented) : list.ToJsonString();
        var expected = Describe(ReadLog.Text(string.Join('\n', list.Select(static r => r!.ToJsonString()))));
        foreach (var size in new[] { 64, 65, 67, 100, 1 << 20 })
        {
            var log = ReadLog.Bytes(Encoding.UTF8.GetBytes(text), new ReaderOptions { ChunkBytes = size });
            Assert.Equal(0, log.Faults.Rejected.Total + log.Faults.Repaired.Total);
            Assert.Equal(expected, Describe(log));
            Assert.Equal([0, 1, 2, 3, 4], log.Records.Select(static r => r.Position.Part));
            Assert.Equal(indented, log.Records.All(r => text.Split('\n')[(int)r.Position.Line - 1].Trim() == "{"));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_PageOfAnApi_GivesItsRecords(bool indented)
    {
        var note = new JsonArray(new JsonObject { ["data"] = new JsonArray(1) });
        var page = new JsonObject { ["total"] = 2, ["data"] = new JsonArray(Row(0), Row(1)), ["note"] = note };
        var log = ReadLog.Text(indented ? page.ToJsonString(Indented) : page.ToJsonString());
        Assert.Equal(2, log.Records.Count);
        Assert.Equal(0, log.Faults.Rejected.Total);
    }

    [Fact]
    public void Read_IndentedObjectsOneAfterAnother_AreRecords()
    {
        var log = ReadLog.Text(Row(0).ToJsonString(Indented) + "\n\n" + Row(1).ToJsonString(Indented));
        Assert.Equal(["r0", "r1"], log.Records.Select(static r => r.Interaction.Id));
    }

    [Fact]
    public void Read_IndentedExport_GivesEachSpanWithItsResource()
    {
        var text = Export("one", "two").ToJsonString(Indented) + "\n" + new JsonArray(Export("three")).ToJsonString(Indented);
        foreach (var size in new[] { 64, 1 << 20 })
        {
            var log = ReadLog.Bytes(Encoding.UTF8.GetBytes(text), new ReaderOptions { ChunkBytes = size });
            Assert.Equal(0, log.Faults.Rejected.Total);
            Assert.Equal(["t-one", "t-two", "t-three"], log.Records.Select(static r => r.Interaction.Id));
            Assert.All(log.Records, static r => Assert.Equal("of-resource", r.Interaction.Account.Value));
        }
    }

    [Fact]
    public void Read_RecordsThatAreNone_AreRejectedAndOthersRead()
    {
        var broken = Row(1).ToJsonString().Replace(":\"r1\"", ":r1", StringComparison.Ordinal);
        var text = $"[1, \"two\",\n{Row(0).ToJsonString()},[3],\nnull,{broken},{Row(2).ToJsonString()}]";
        var log = ReadLog.Text(text, new ReaderOptions { Format = InputFormat.LiteLlm });
        Assert.Equal(["r0", "r2"], log.Records.Select(static r => r.Interaction.Id));
        Assert.Equal(4, log.Faults.Rejected.ByReason[InputFaultReason.NotAnObject]);
        Assert.Equal(1, log.Faults.Rejected.ByReason[InputFaultReason.InvalidJson]);
    }

    [Fact]
    public void Read_CutDocument_GivesWhatCameBeforeAndOneFault()
    {
        var row = Row(0).ToJsonString();
        var text = $"[{row},{row},{row}]";
        for (var cut = 60; cut < text.Length; cut++)
        {
            var log = ReadLog.Text(text[..cut], new ReaderOptions { Format = InputFormat.LiteLlm });
            Assert.Equal(cut / (row.Length + 1), log.Records.Count);
            Assert.Equal(InputFaultReason.InvalidJson, Assert.Single(log.Faults.Rejected.First).Reason);
        }
    }

    [Fact]
    public void Read_LineFeedInsideAString_IsRejectedNotMended()
    {
        var broken = Row(1).ToJsonString().Replace("acompletion", "acomp\nletion", StringComparison.Ordinal);
        var text = "[" + Row(0).ToJsonString() + ",\n" + broken + "]";
        var log = ReadLog.Text(text);
        Assert.Equal("r0", Assert.Single(log.Records).Interaction.Id);
        Assert.Equal((InputFaultReason.InvalidJson, 2L), (log.Faults.Rejected.First[0].Reason, log.Faults.Rejected.First[0].Position.Line));
    }

    [Fact]
    public void Read_RecordLongerThanTheLimit_IsRejectedAndOthersRead()
    {
        var longer = Row(1);
        longer["cache_key"] = new string('k', 5000);
        var log = ReadLog.Text(new JsonArray(Row(0), longer, Row(2)).ToJsonString(), new ReaderOptions { MaxLineBytes = 1000 });
        Assert.Equal(["r0", "r2"], log.Records.Select(static r => r.Interaction.Id));
        Assert.Equal(InputFaultReason.LineTooLong, Assert.Single(log.Faults.Rejected.First).Reason);
    }

    private static JsonObject Row(int i) => new()
    {
        ["request_id"] = $"r{i}",
        ["call_type"] = "acompletion",
        ["startTime"] = "2026-03-02T14:30:00Z",
        ["user"] = "u",
        ["model"] = "m",
        ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "a \"{[\\ b\n]} é" }),
    };

    private static JsonObject Export(params string[] spans) => new()
    {
        ["resourceSpans"] = new JsonArray(new JsonObject
        {
            ["resource"] = new JsonObject { ["attributes"] = new JsonArray(Attribute("user.id", "of-resource")) },
            ["scopeSpans"] = new JsonArray(new JsonObject { ["spans"] = new JsonArray([.. spans.Select(Span)]) }),
        }),
    };

    private static JsonObject Span(string id) => new()
    {
        ["traceId"] = "t",
        ["spanId"] = id,
        ["startTimeUnixNano"] = "1772461800250000321",
        ["attributes"] = new JsonArray(Attribute("gen_ai.request.model", "m")),
    };

    private static JsonObject Attribute(string key, string value) =>
        new() { ["key"] = key, ["value"] = new JsonObject { ["stringValue"] = value } };

    private static IEnumerable<string> Describe(ReadLog log) =>
        log.Records.Select(static r => LiteLlmRecordParserTests.Describe(r.Interaction));
}
