using System.Text;
using System.Text.Json.Nodes;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Responses;

namespace Stillwatch.Gateway.Tests.Responses;

public sealed class ProbabilityRemovalTests
{
    [Theory]
    [InlineData("""{"logprobs":true}""", "{}")]
    [InlineData("""{"logprobs":true,"a":1}""", """{"a":1}""")]
    [InlineData("""{ "a" : 1 , "top_logprobs" : 5 }""", """{ "a" : 1 }""")]
    [InlineData("""{"a":1.50,"logit_bias":{"7":-100},"b":[{"logprobs":1}]}""", """{"a":1.50,"b":[{"logprobs":1}]}""")]
    [InlineData("""{"top\u005flogprobs":5,"a":"\u00e4 ä"}""", """{"a":"\u00e4 ä"}""")]
    [InlineData("""{"include":["message.output_text.logprobs", "b"],"a":1}""", """{"include":["b"],"a":1}""")]
    [InlineData("""{"include":["x",  "message.output_text.logprobs"]}""", """{"include":["x"]}""")]
    [InlineData("""{"logprobs":true,"top_logprobs":1, "a":{} ,"logit_bias":{}}""", """{ "a":{}}""")]
    public void Body_WithProbabilities_LosesThemAndNothingElse(string body, string without) =>
        Assert.Equal(without, Encoding.UTF8.GetString(ProbabilityRemoval.Apply(Encoding.UTF8.GetBytes(body))));

    /// <summary>Random bodies, with members in any place: what is left is what an obvious removal leaves, and is read as before.</summary>
    [Fact]
    public void Body_OfAnyOrderAndSpacing_IsWhatAnObviousRemovalLeaves()
    {
        const int Seed = 20261129;
        var random = new Random(Seed);
        string[] removed = ["logprobs", "top_logprobs", "logit_bias"];
        string[] values = ["1", "true", "\"a,b\"", "[1, {\"logprobs\": 2}]", "{\"x\": [\"}\"]}", "null", "-1.5e3"];
        for (var i = 0; i < 2000; i++)
        {
            var names = removed.Concat(["a", "b", "c", "d"]).OrderBy(_ => random.Next()).Take(random.Next(8)).ToList();
            var text = new StringBuilder("{").Append(' ', random.Next(2));
            for (var j = 0; j < names.Count; j++)
            {
                text.Append(j == 0 ? "" : ",").Append(' ', random.Next(3)).Append(System.Globalization.CultureInfo.InvariantCulture,
                    $"\"{names[j]}\"").Append(' ', random.Next(2)).Append(':').Append(values[random.Next(values.Length)]);
            }

            var body = text.Append(' ', random.Next(2)).Append('}').ToString();
            var expected = JsonNode.Parse(body)!.AsObject();
            foreach (var name in removed)
            {
                expected.Remove(name);
            }

            var left = ProbabilityRemoval.Apply(Encoding.UTF8.GetBytes(body));
            Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(left)), $"seed {Seed}: {body} gave {Encoding.UTF8.GetString(left)}");
        }
    }

    [Theory]
    [InlineData("""{"model":"m","logprobs":true}""", true)]
    [InlineData("""{"model":"m","top_logprobs":3}""", true)]
    [InlineData("""{"model":"m","include":["file_search_call.results","message.output_text.logprobs"]}""", true)]
    [InlineData("""{"model":"m","logit_bias":{"1":1}}""", true)]
    [InlineData("""{"model":"m","logprobs":false,"logit_bias":{},"include":["b"]}""", false)]
    public void Applies_OnlyWhereProbabilitiesAreAskedFor(string body, bool applies)
    {
        Assert.True(RequestReader.TryRead(Encoding.UTF8.GetBytes(body), ApiEndpoint.Responses, out var facts, out _));
        Assert.Equal(applies, ProbabilityRemoval.Applies(facts!));
    }
}
