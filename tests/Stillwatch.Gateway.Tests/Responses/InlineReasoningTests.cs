using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Responses;

namespace Stillwatch.Gateway.Tests.Responses;

public sealed class InlineReasoningTests
{
    [Theory]
    [InlineData("<think>Hm.</think>Yes.", "Yes.")]
    [InlineData(" \n<think>\nHm. <think>again</think>\n\nYes.", "\n\nYes.")]
    [InlineData("<think></think>", "")]
    [InlineData("<think>It never ends, </thin", "")]
    [InlineData("Write <think> and </think>.", "Write <think> and </think>.")]
    [InlineData("</think>Yes.", "</think>Yes.")]
    [InlineData("<thinking>No mark.</thinking>", "<thinking>No mark.</thinking>")]
    [InlineData("<thin", "<thin")]
    [InlineData("   ", "   ")]
    [InlineData("", "")]
    public void Text_LosesWhatItBeginsWith_WhereverItsPiecesEnd(string text, string left)
    {
        for (var first = 0; first <= text.Length; first++)
        {
            for (var second = first; second <= text.Length; second++)
            {
                Assert.Equal(left, Joined(new(isOpened: false), text[..first], text[first..second], text[second..]));
            }
        }

        Assert.Equal(left, Joined(new(isOpened: false), [.. text.Select(static letter => letter.ToString())]));
    }

    [Theory]
    [InlineData("Hm.</think>Yes.", "Yes.")]
    [InlineData("<think>Hm.</think>Yes.", "Yes.")]
    [InlineData("Hm.", "")]
    public void Text_OfATemplateThatOpens_BeginsWithin(string text, string left)
    {
        Assert.Equal(left, Joined(new(isOpened: true), text));
        Assert.Equal(left, Joined(new(isOpened: true), [.. text.Select(static letter => letter.ToString())]));
    }

    [Fact]
    public void Text_OfBlanksWithoutEnd_IsNotHeldBackForEver()
    {
        var text = new InlineText(isOpened: false);
        var kept = string.Concat(Enumerable.Range(0, 200).Select(_ => text.Take(" ")));
        Assert.True(kept.Length > 100);
    }

    [Theory]
    [InlineData(
        """{"choices":[{"message":{"content":"<think>Hm</think>Y\u00e9s \"5\""},"logprobs":{"content":[{"token":"a"}]}}], "x":1.0}""",
        """{"choices":[{"message":{"content":"Yés \"5\""},"logprobs":null}], "x":1.0}""")]
    [InlineData("""{"choices":[{"logprobs":{"content":[]},"message":{"content":"Y\u00e9s"}}]}""", null)]
    [InlineData("""{"choices":[{"index":0,"text":"<think>Hm</think>Yes","finish_reason":"stop"},{"index":1,"text":"No"}]}""",
        """{"choices":[{"index":0,"text":"Yes","finish_reason":"stop"},{"index":1,"text":"No"}]}""")]
    [InlineData("""{"choices":[{"message":{"content":"<think>Hm, and then the bound"},"finish_reason":"length"}]}""",
        """{"choices":[{"message":{"content":""},"finish_reason":"length"}]}""")]
    [InlineData("""{"choices":[{"message":{"content":null,"tool_calls":[{}]}}]}""", null)]
    [InlineData("""{"choices":[{"message":{"content":[{"type":"text"}]}}]}""", null)]
    [InlineData("""{"choices":[{"message":{"content":"<thi"},"finish_reason":"stop"}]}""", null)]
    [InlineData("""{"choices":7}""", null)]
    [InlineData("""{"choices":[{"message":{"content":"<think>""", null)]
    [InlineData("[DONE]", null)]
    public void Body_LosesItAndNothingElse(string data, string? left) =>
        Assert.Equal(left, Text(new InlineReasoning(isOpened: false).Edit(Encoding.UTF8.GetBytes(data))));

    /// <summary>Two choices in turn, cut anywhere; what was held back comes with the event that ends its choice.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Stream_AddsUpToWhatTheWholeReplyWouldBe(int size)
    {
        string[] texts = ["<think>Shall I? \"No\" é</think>Yes é.", "<th", " <think>", "No <think>mark</think>"];
        var inline = new InlineReasoning(isOpened: false);
        var said = texts.Select(static _ => new StringBuilder()).ToArray();
        foreach (var data in EventsOf(texts, size))
        {
            var choice = JsonNode.Parse(Text(inline.Edit(Encoding.UTF8.GetBytes(data))) ?? data)!["choices"]![0]!;
            said[(int)choice["index"]!].Append((string?)choice["delta"]!["content"]);
        }

        Assert.Equal(["Yes é.", "<th", "", "No <think>mark</think>"], said.Select(static text => text.ToString()));
    }

    [Fact]
    public void Stream_ThatEndsWithoutText_GetsAMemberForWhatWasHeldBack()
    {
        var inline = new InlineReasoning(isOpened: false);
        Assert.Equal("""{"choices":[{"delta":{"content":""}}]}""", Text(inline.Edit("""{"choices":[{"delta":{"content":"<"}}]}"""u8)));
        Assert.Equal(
            """{"choices":[{"delta":{"content":"<","role":"a"},"finish_reason":"stop"}]}""",
            Text(inline.Edit("""{"choices":[{"delta":{"role":"a"},"finish_reason":"stop"}]}"""u8)));
    }

    [Fact]
    public void Stream_WithoutReasoning_PassesByteForByte()
    {
        var inline = new InlineReasoning(isOpened: false);
        foreach (var data in EventsOf(["Yes, \"é\" <think>", "Nothing"], 3))
        {
            Assert.Null(inline.Edit(Encoding.UTF8.GetBytes(data)));
        }
    }

    [Fact]
    public void Removal_OfChat_TakesBothKinds_AndOfAnOpenedModelTheWholeBeginning()
    {
        var removal = ReasoningRemoval.For(ApiEndpoint.ChatCompletions, ReasoningTreatment.Hidden, isOpened: true)!;
        Assert.True(removal.TryEdit("""{"choices":[{"message":{"reasoning":"a","content":"b</think>c"}}]}"""u8, out var edited));
        Assert.Equal("""{"choices":[{"message":{"content":"c"}}]}""", Text(edited));
        Assert.Equal(1, removal.Count);
    }

    private static string Joined(InlineText text, params string[] pieces) => string.Concat(pieces.Select(text.Take)) + text.Rest();

    private static string? Text(byte[]? data) => data is null ? null : Encoding.UTF8.GetString(data);

    private static IEnumerable<string> EventsOf(string[] texts, int size)
    {
        for (var start = 0; start < texts.Max(static text => text.Length); start += size)
        {
            for (var i = 0; i < texts.Length; i++)
            {
                if (start < texts[i].Length)
                {
                    var piece = JsonSerializer.Serialize(texts[i][start..Math.Min(texts[i].Length, start + size)]);
                    yield return $$$"""{"choices":[{"index":{{{i}}},"delta":{"content":{{{piece}}}},"finish_reason":null}]}""";
                }
            }
        }

        for (var i = 0; i < texts.Length; i++)
        {
            yield return $$$"""{"choices":[{"index":{{{i}}},"delta":{},"finish_reason":"stop"}]}""";
        }
    }
}
