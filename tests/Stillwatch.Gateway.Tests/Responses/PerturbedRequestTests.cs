using System.Text;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Responses;

namespace Stillwatch.Gateway.Tests.Responses;

public sealed class PerturbedRequestTests
{
    private static readonly LogprobNoise Noise = new([1]);

    [Theory]
    [InlineData(
        """{"model":"m","messages":[{"role":"user","content":"ä b"}]}""",
        """{ "logprobs":true, "n":3, "messages":[ {"content":"\u00e4 b", "role":"user"} ],"model":"m","temperature":0}""")]
    [InlineData(
        """{"model":"m","messages":[{"role":"user","content":"b"}]}""",
        """{"model":"m","top_p":1.0,"messages":[{"role":"user","content":[{"type":"text","text":"b"}]}],"user":"x","temperature":1}""")]
    public void Requests_ThatMeanTheSame_HaveTheSameNoise(string one, string other) => Assert.Equal(StateOf(one), StateOf(other));

    [Theory]
    [InlineData(
        """{"model":"m","messages":[{"role":"user","content":"a"}]}""",
        """{"model":"m","messages":[{"role":"user","content":"b"}]}""")]
    [InlineData(
        """{"model":"m","messages":[{"role":"user","content":"a"}]}""",
        """{"model":"n","messages":[{"role":"user","content":"a"}]}""")]
    [InlineData(
        """{"model":"m","messages":[{"role":"user","content":"ab"},{"role":"user","content":"c"}]}""",
        """{"model":"m","messages":[{"role":"user","content":"a"},{"role":"user","content":"bc"}]}""")]
    [InlineData(
        """{"model":"m","messages":[{"role":"user","content":"a"}]}""",
        """{"model":"m","messages":[{"role":"user","name":"x","content":"a"}]}""")]
    public void Requests_ThatMeanSomethingElse_HaveOtherNoise(string one, string other)
    {
        Assert.NotNull(StateOf(one));
        Assert.NotEqual(StateOf(one), StateOf(other));
    }

    /// <summary>What is not understood whole gets no probabilities at all: unknown members, images, parts, other temperatures.</summary>
    [Theory]
    [InlineData("""{"model":"m","messages":[],"unknown":1}""")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"a","x":1}]}""")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}]}""")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"x"}}]}]}""")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"\ud800"}]}""")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"a"}],"temperature":0.7}""")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"a"}],"presence_penalty":1}""")]
    [InlineData("""{"model":"m","messages":"a"}""")]
    [InlineData("""{"model":"m"}""")]
    public void Request_ThatIsNotUnderstoodWhole_IsNotTaken(string body) => Assert.Null(StateOf(body));

    /// <summary>Moving words from the prompt of a completion to its reply changes nothing.</summary>
    [Fact]
    public void Prompt_AndReply_AreOneText()
    {
        var whole = PerturbedRequest.TryRead(ApiEndpoint.Completions, Bytes("""{"model":"m","prompt":"a b c"}"""), Noise)!;
        var part = PerturbedRequest.TryRead(ApiEndpoint.Completions, Bytes("""{"model":"m","prompt":"a"}"""), Noise)!;
        part.Append(" b");
        part.Append(" c");
        Assert.Equal(whole.State(), part.State());
        Assert.Null(PerturbedRequest.TryRead(ApiEndpoint.Completions, Bytes("""{"model":"m","prompt":["a"]}"""), Noise));
        Assert.Null(PerturbedRequest.TryRead(ApiEndpoint.Completions, Bytes("""{"model":"m","prompt":"a","echo":true}"""), Noise));
        Assert.NotNull(PerturbedRequest.TryRead(ApiEndpoint.Responses, Bytes("""{"model":"m","input":"a","instructions":"b"}"""), Noise));
        Assert.Null(PerturbedRequest.TryRead(
            ApiEndpoint.Responses, Bytes("""{"model":"m","input":"a","previous_response_id":"b"}"""), Noise));
    }

    [Theory]
    [InlineData("""{"model":"m","logit_bias":{"1":2},"a":1}""", """{"model":"m","a":1}""")]
    [InlineData("""{ "a":1.0 , "logit_bias" : {"1":{"x":[]}} , "model" : "m" }""", """{ "a":1.0 , "model" : "m" }""")]
    [InlineData("""{"model":"m","a":{"logit_bias":1},"logit\u005fbias":[[1,2]]}""", """{"model":"m","a":{"logit_bias":1}}""")]
    [InlineData("""{"logit_bias":{"1":2}, "model":"m"}""", """{ "model":"m"}""")]
    [InlineData("""{"model":"m","a":1}""", """{"model":"m","a":1}""")]
    public void Bias_IsTakenOut_AndNothingElse(string body, string without) => Assert.Equal(without, Sent(body));

    /// <summary>Probabilities stay where noise is put on them, and cap and reasoning are as the options of reduced requests say.</summary>
    [Fact]
    public void Request_WithNoise_KeepsProbabilities_AndLosesTheRest() => Assert.Equal(
        "{\"model\":\"m\",\"logprobs\":true,\"max_tokens\":20}",
        Sent("{\"model\":\"m\",\"logprobs\":true,\"max_tokens\":900,\"logit_bias\":{\"1\":2}}", new() { MaxOutputTokens = 20 }));

    private static string Sent(string body, ReduceOptions? options = null)
    {
        var bytes = Bytes(body);
        Assert.True(RequestReader.TryRead(bytes, ApiEndpoint.ChatCompletions, out var facts, out _));
        options ??= new() { Reasoning = ReasoningTreatment.Kept };
        return Encoding.UTF8.GetString(RequestReduction.Apply(bytes, ApiEndpoint.ChatCompletions, facts!, options, isNoisy: true) ?? bytes);
    }

    private static byte[]? StateOf(string body) => PerturbedRequest.TryRead(ApiEndpoint.ChatCompletions, Bytes(body), Noise)?.State();

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
