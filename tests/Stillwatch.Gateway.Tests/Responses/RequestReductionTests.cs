using System.Text;
using System.Text.Json.Nodes;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Responses;

namespace Stillwatch.Gateway.Tests.Responses;

public sealed class RequestReductionTests
{
    [Theory]
    [InlineData("""{"logprobs":true}""", "{}")]
    [InlineData("""{"logprobs":true,"a":1}""", """{"a":1}""")]
    [InlineData("""{ "a" : 1 , "top_logprobs" : 5 }""", """{ "a" : 1 }""")]
    [InlineData("""{"a":1.50,"logit_bias":{"7":-100},"b":[{"logprobs":1}]}""", """{"a":1.50,"b":[{"logprobs":1}]}""")]
    [InlineData("""{"top\u005flogprobs":5,"a":"\u00e4 ä"}""", """{"a":"\u00e4 ä"}""")]
    [InlineData("""{"include":["message.output_text.logprobs", "b"],"a":1}""", """{"include":[ "b"],"a":1}""")]
    [InlineData("""{"include":["x",  "message.output_text.logprobs"]}""", """{"include":["x"]}""")]
    [InlineData("""{"logprobs":true,"top_logprobs":1, "a":{} ,"logit_bias":{}}""", """{ "a":{}}""")]
    public void Body_WithProbabilities_LosesThemAndNothingElse(string body, string without) =>
        Assert.Equal(without, Reduced(body, ApiEndpoint.Responses, new() { Reasoning = ReasoningTreatment.Kept }, Asking));

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

            var left = Reduced(body, ApiEndpoint.ChatCompletions, new() { Reasoning = ReasoningTreatment.Kept }, Asking);
            Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(left)), $"seed {Seed}: {body} gave {left}");
        }
    }

    [Theory]
    [InlineData("""{"model":"m","logprobs":true}""", true)]
    [InlineData("""{"model":"m","top_logprobs":3}""", true)]
    [InlineData("""{"model":"m","include":["file_search_call.results","message.output_text.logprobs"]}""", true)]
    [InlineData("""{"model":"m","prompt_logprobs":0}""", true)]
    [InlineData("""{"model":"m","n_probs":5}""", true)]
    [InlineData("""{"model":"m","logit_bias":{"1":1}}""", true)]
    [InlineData("""{"model":"m","logit_bias":[[1,1]]}""", true)]
    [InlineData("""{"model":"m","logprobs":false,"logit_bias":{},"include":["b","reasoning.encrypted_content"]}""", false)]
    public void Probabilities_ThatAreNotAskedFor_LeaveTheBodyAlone(string body, bool applies) =>
        Assert.Equal(applies, Reduced(body, ApiEndpoint.Responses, new()) != body);

    [Theory]
    [InlineData(ApiEndpoint.ChatCompletions, """{"model":"m"}""", """{"model":"m","max_completion_tokens":2000}""")]
    [InlineData(ApiEndpoint.ChatCompletions, """{"model":"m", "max_tokens": 4e3 }""", """{"model":"m", "max_tokens": 2000 }""")]
    [InlineData(ApiEndpoint.ChatCompletions, """{"model":"m","max_completion_tokens":null}""",
        """{"model":"m","max_completion_tokens":2000}""")]
    [InlineData(ApiEndpoint.Completions, """{"model":"m"}""", """{"model":"m","max_tokens":2000}""")]
    [InlineData(ApiEndpoint.Responses, """{"model":"m","max_output_tokens":2001,"x":1.0}""",
        """{"model":"m","max_output_tokens":2000,"x":1.0}""")]
    [InlineData(ApiEndpoint.Responses, """{"model":"m","max_output_tokens":2000}""", """{"model":"m","max_output_tokens":2000}""")]
    [InlineData(ApiEndpoint.Messages, """{"model":"m","max_tokens":9,"thinking":{"type":"disabled"}}""",
        """{"model":"m","max_tokens":9,"thinking":{"type":"disabled"}}""")]
    [InlineData(ApiEndpoint.Embeddings, """{"model":"m"}""", """{"model":"m"}""")]
    public void Cap_Lowers_AndIsAddedWhereThereIsNone(ApiEndpoint endpoint, string body, string capped) =>
        Assert.Equal(capped, Reduced(body, endpoint, new() { MaxOutputTokens = 2000 }));

    /// <summary>The messages API refuses a budget that is not below the cap, and one below 1024.</summary>
    [Theory]
    [InlineData(4096, """{"model":"m","max_tokens":32000,"thinking":{"type":"enabled","budget_tokens":16000}}""",
        """{"model":"m","max_tokens":4096,"thinking":{"type":"enabled","budget_tokens":2048}}""")]
    [InlineData(1500, """{"model":"m","thinking":{"budget_tokens":16000,"type":"enabled"},"max_tokens":32000}""",
        """{"model":"m","thinking":{"budget_tokens":1024,"type":"enabled"},"max_tokens":1500}""")]
    [InlineData(1000, """{"model":"m","max_tokens":32000,"thinking":{"type":"enabled","budget_tokens":16000}}""",
        """{"model":"m","max_tokens":1000,"thinking":{"type":"disabled"}}""")]
    [InlineData(1000, """{"model":"m","max_tokens":32000,"thinking":{"type":"adaptive"}}""",
        """{"model":"m","max_tokens":1000,"thinking":{"type":"adaptive"}}""")]
    [InlineData(4096, """{"model":"m","max_tokens":32000,"thinking":{"type":"enabled","budget_tokens":2000}}""",
        """{"model":"m","max_tokens":4096,"thinking":{"type":"enabled","budget_tokens":2000}}""")]
    public void Budget_OfThinking_FitsBelowTheCap(int cap, string body, string capped) => Assert.Equal(
        capped, Reduced(body, ApiEndpoint.Messages, new() { MaxOutputTokens = cap, Reasoning = ReasoningTreatment.Kept }));

    [Theory]
    [InlineData(ApiEndpoint.Responses, ReasoningTreatment.Hidden, """{"model":"m","reasoning":{"effort":"high", "summary":"auto"}}""",
        """{"model":"m","reasoning":{"effort":"high"}}""")]
    [InlineData(ApiEndpoint.Responses, ReasoningTreatment.Hidden, """{"model":"m","reasoning":{"generate_summary":"x"},"summary":1}""",
        """{"model":"m","reasoning":{},"summary":1}""")]
    [InlineData(ApiEndpoint.Responses, ReasoningTreatment.Summary, """{"model":"m","reasoning":{"summary":"auto"}}""",
        """{"model":"m","reasoning":{"summary":"auto"}}""")]
    [InlineData(ApiEndpoint.Messages, ReasoningTreatment.Hidden, """{"model":"m","thinking":{"type":"adaptive"}}""",
        """{"model":"m","thinking":{"type":"adaptive","display":"omitted"}}""")]
    [InlineData(ApiEndpoint.Messages, ReasoningTreatment.Summary, """{"model":"m","thinking":{"display":"full" , "type":"enabled"}}""",
        """{"model":"m","thinking":{"display":"summarized" , "type":"enabled"}}""")]
    [InlineData(ApiEndpoint.Messages, ReasoningTreatment.Hidden, """{"model":"m","thinking":{"type":"disabled"}}""",
        """{"model":"m","thinking":{"type":"disabled"}}""")]
    [InlineData(ApiEndpoint.ChatCompletions, ReasoningTreatment.Hidden, """{"model":"m","reasoning_effort":"high"}""",
        """{"model":"m","reasoning_effort":"high"}""")]
    public void Reasoning_IsNotAskedFor_InWhatTheDialectAllows(
        ApiEndpoint endpoint, ReasoningTreatment treatment, string body, string reduced) =>
        Assert.Equal(reduced, Reduced(body, endpoint, new() { Reasoning = treatment }));

    /// <summary>All at once, on random bodies: what is left is accepted by the reader, is capped, and says the rest as before.</summary>
    [Fact]
    public void Body_OfAnyMembers_IsReadAsCappedAndOtherwiseTheSame()
    {
        const int Seed = 20261130;
        var random = new Random(Seed);
        string[] members =
        [
            "\"max_tokens\": 70000", "\"max_completion_tokens\":1e9", "\"max_output_tokens\" :5",
            "\"logprobs\":true", "\"stream\" : false",
            "\"reasoning\":{\"summary\":\"auto\",\"effort\":\"low\"}", "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":9999}",
            "\"include\":[\"a\",\"message.output_text.logprobs\"]", "\"logit_bias\":{\"5\":1}", "\"x\":[1,{\"max_tokens\":99999}]",
        ];
        var options = new ReduceOptions { MaxOutputTokens = 3000 };
        ApiEndpoint[] endpoints = [ApiEndpoint.ChatCompletions, ApiEndpoint.Completions, ApiEndpoint.Responses, ApiEndpoint.Messages];
        foreach (var endpoint in endpoints)
        {
            for (var i = 0; i < 500; i++)
            {
                var chosen = members.OrderBy(_ => random.Next()).Take(random.Next(members.Length)).Append("\"model\":\"m\"")
                    .OrderBy(_ => random.Next()).Select(member => new string(' ', random.Next(2)) + member);
                var body = $"{{{string.Join(',', chosen)}}}";
                var left = Encoding.UTF8.GetBytes(Reduced(body, endpoint, options));
                var where = $"seed {Seed}: {endpoint} {body} gave {Encoding.UTF8.GetString(left)}";
                Assert.True(RequestReader.TryRead(left, endpoint, out var facts, out var refusal), $"{where}: {refusal?.Message}");
                Assert.True(facts is { MaxTokens: <= 3000, Logprobs: not true, IncludesLogprobs: false }, where);
                Assert.Equal(Encoding.UTF8.GetString(left), Reduced(Encoding.UTF8.GetString(left), endpoint, options));
                var (before, after) = (JsonNode.Parse(body)!, JsonNode.Parse(left)!);
                Assert.True(JsonNode.DeepEquals(before["x"], after["x"]) && JsonNode.DeepEquals(before["stream"], after["stream"]), where);
            }
        }
    }

    private static RequestFacts Asking { get; } = new() { Model = "m", Logprobs = true, IncludesLogprobs = true };

    private static string Reduced(string body, ApiEndpoint endpoint, ReduceOptions options, RequestFacts? facts = null)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        if (facts is null)
        {
            Assert.True(RequestReader.TryRead(bytes, endpoint, out facts, out var refusal), refusal?.Message);
        }

        return RequestReduction.Apply(bytes, endpoint, facts!, options) is { } reduced ? Encoding.UTF8.GetString(reduced) : body;
    }
}
