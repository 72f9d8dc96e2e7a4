using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Stillwatch.Gateway.Responses;

namespace Stillwatch.Gateway.Tests.Responses;

public sealed partial class ReplyPerturbationTests
{
    private const string Chat = """
        {"id":"x", "choices":[{"index":0,"message":{"content":"a b","tool_calls":[{"index":1}]},
        "logprobs":{"content":[
        {"token":"a","logprob":-0.50,"bytes":[97],"top_logprobs":[
        {"token":"a","logprob":-0.50,"bytes":[97]},{"token":"\u00e4","logprob":-1.25e0,"bytes":null}]},
        {"token":" b","logprob":-2.0,"bytes":[],"top_logprobs":[
        {"token":"c","logprob":-0.4}]}],"refusal":null}}],"usage":{"total_tokens":3} }
        """;

    private const string Completions = """
        {"choices":[{"text":"a b","index":0,"logprobs":{"text_offset":[0,1],"tokens":["a"," b"],"token_logprobs":[-0.5,-2],
        "top_logprobs":[{"a":-0.5,"\u00e4":-1.25},{"c":-0.4," b":-2}]},"finish_reason":"length"}]}
        """;

    private static readonly LogprobNoise Noise = new([7]);

    /// <summary>The forms say the same of the same positions, and nothing else is touched.</summary>
    [Fact]
    public void Reply_OfEachForm_HasTheSameNoise_AndNoOtherByteIsChanged()
    {
        var chat = Rewrite(New(), Chat);
        Assert.Equal(Number().Replace(Chat, "#"), Number().Replace(chat, "#"));
        var first = JsonNode.Parse(chat)!["choices"]![0]!["logprobs"]!["content"]![0]!;
        Assert.NotEqual(-0.5, (double)first["logprob"]!);
        Assert.Equal((double)first["logprob"]!, (double)first["top_logprobs"]![0]!["logprob"]!);
        var lists = JsonNode.Parse(Rewrite(New(), Completions))!["choices"]![0]!["logprobs"]!;
        Assert.Equal((double)first["logprob"]!, (double)lists["token_logprobs"]![0]!);
        Assert.Equal((double)first["top_logprobs"]![1]!["logprob"]!, (double)lists["top_logprobs"]![0]!["ä"]!);
        Assert.Equal((double)lists["token_logprobs"]![1]!, (double)lists["top_logprobs"]![1]![" b"]!);
        const string Plain = """{"choices":[{"index":0,"message":{"content":"{\"token\":\"a\",\"logprob\":-1}"},"logprobs":null}]}""";
        Assert.Equal(Plain, Rewrite(New(), Plain));
    }

    /// <summary>A stream says of its positions what a whole reply does, also where choices come in turns.</summary>
    [Fact]
    public void Stream_SaysWhatAWholeReplySays()
    {
        var whole = JsonNode.Parse(Rewrite(New(), Chat))!["choices"]![0]!["logprobs"]!["content"]!.AsArray();
        var stream = New();
        var positions = JsonNode.Parse(Chat)!["choices"]![0]!["logprobs"]!["content"]!.AsArray();
        foreach (var (position, expected) in positions.Zip(whole))
        {
            foreach (var index in new[] { 1, 0 })
            {
                var data = $$$"""{"choices":[{"delta":{},"logprobs":{"content":[{{{position!.ToJsonString()}}}]},"index":{{{index}}}}]}""";
                var said = JsonNode.Parse(Rewrite(stream, data, isEvent: true))!["choices"]![0]!["logprobs"]!["content"]![0];
                Assert.True(JsonNode.DeepEquals(expected, said));
            }
        }
    }

    /// <summary>Events of responses that repeat what deltas said repeat it with the same noise.</summary>
    [Fact]
    public void Responses_DeltasAndRepetitions_Agree()
    {
        const string One = """{"token":"a","logprob":-0.5,"top_logprobs":[]}""";
        const string Two = """{"token":" b","logprob":-2.0,"top_logprobs":[]}""";
        var stream = New();
        var first = Rewrite(stream, Delta(One), isEvent: true);
        var second = Rewrite(stream, Delta(Two), isEvent: true);
        var all = Rewrite(
            stream,
            $$$"""{"type":"response.completed","response":{"output":[{"content":[{"text":"a b","logprobs":[{{{One}}},{{{Two}}}]}]}]}}""",
            isEvent: true);
        Assert.Equal(
            Number().Matches(first + second).Select(static match => match.Value).Where(static value => value[0] == '-'),
            Number().Matches(all).Select(static match => match.Value));

        static string Delta(string position) =>
            $$$"""{"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"x","logprobs":[{{{position}}}]}""";
    }

    [Theory]
    [InlineData("[{\"token\":\"a\",\"logprob\":-1}]")]
    [InlineData("{\"choices\":")]
    [InlineData("{} {}")]
    [InlineData("{\"token\":\"\\ud800\",\"logprob\":-1}")]
    public void Text_ThatCannotBeRead_IsNotRewritten(string text)
    {
        Assert.False(New().TryEdit(Encoding.UTF8.GetBytes(text), isEvent: true, out var edited));
        Assert.Null(edited);
    }

    /// <summary>An upstream cannot make the gateway keep more and more.</summary>
    [Fact]
    public void Choices_WithoutEnd_AreRefused()
    {
        var stream = New();
        var refused = Enumerable.Range(0, 1000).Count(index => !stream.TryEdit(
            Encoding.UTF8.GetBytes(
                $$$"""{"choices":[{"index":{{{index}}},"logprobs":{"content":[{"token":"a","logprob":-1}]}}]}"""), isEvent: true, out _));
        Assert.Equal(1000 - 256, refused);
    }

    private static ReplyPerturbation New() => new(Noise, Noise.Begin());

    private static string Rewrite(ReplyPerturbation perturbation, string text, bool isEvent = false)
    {
        Assert.True(perturbation.TryEdit(Encoding.UTF8.GetBytes(text), isEvent, out var edited));
        return edited is null ? text : Encoding.UTF8.GetString(edited);
    }

    [GeneratedRegex("(?<=[\":\\[ ,])-?[0-9]+(\\.[0-9]+)?(e0)?(?=[,\\]}])")]
    private static partial Regex Number();
}
