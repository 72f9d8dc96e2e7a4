using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Responses;
using Stillwatch.Provenance.Laboratory;
using Stillwatch.Provenance.Lineage;
using Stillwatch.Provenance.Watermarking;

namespace Stillwatch.Gateway.Tests.Marking;

/// <summary>Marks as clients get them: what they receive through the gateway, and what the key's owner finds in it.</summary>
public sealed class MarkedGatewayTests
{
    private const string Ours = "organisation/wonderland";
    private const string Others = "organisation/other";
    private const string Drafts = """
        {"id":"a","choices":[{"index":0,"text":"one two three four five"}, {"index":1,"text":"six seven eight nine ten"},
        {"index":2,"text":"red green blue grey black"}],"usage":{"prompt_tokens":3,"completion_tokens":30,"total_tokens":33}}
        """;

    private static readonly MarkedModel Biased = new(RunningGateway.Model, MarkingWay.Bias)
    {
        Tokens = [.. Enumerable.Range(0, MarkedServer.Vocabulary)],
        Bias = 1.5,
    };

    private static readonly MarkedModel Drafted = new(RunningGateway.Model, MarkingWay.Drafts);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bias_OfATenantsKey_IsFoundInWhatItsClientsGot_AndByNoOtherKey()
    {
        await using var server = await MarkedServer.StartAsync(Biased, [Ours, Others]);
        var plain = (await server.AskDirectlyAsync(300, ",\"user\":\"reference\"")).Select(Ids).ToList();
        var got = (await server.AskAsync(250)).Select(Ids).ToList();
        var unmarked = (await server.AskDirectlyAsync(250)).Select(Ids).ToList();
        using var ours = server.KeyOf(Ours, 0);
        using var others = server.KeyOf(Others, 0);
        var reference = new CountedReference(plain, 0, MarkedServer.Vocabulary);
        Assert.True(Log10P(got, reference, ours) < -20, $"{Log10P(got, reference, ours)}");
        Assert.True(Log10P(got, reference, others) > -3, $"{Log10P(got, reference, others)}");
        Assert.True(Log10P(unmarked, reference, ours) > -3, $"{Log10P(unmarked, reference, ours)}");
        var notes = await NotesAsync(server);
        Assert.Equal(250, notes.Count(note => note == $"mark bias {ours.Id}"));
    }

    [Fact]
    public async Task Drafts_ChosenByATenantsKey_AreFoundInWhatItsClientsGot_AndByNoOtherKey()
    {
        await using var server = await MarkedServer.StartAsync(Drafted, [Ours, Others]);
        var replies = await server.AskAsync(220);
        Assert.All(replies, static reply =>
        {
            var choice = Assert.Single(reply["choices"]!.AsArray())!;
            Assert.Equal(0, (int)choice["index"]!);
            Assert.Equal(40, NumberedTokens.Read((string)choice["text"]!, MarkedServer.Vocabulary).Count);
            Assert.InRange((int)reply["usage"]!["completion_tokens"]!, 35, 45);
            Assert.Equal((int)reply["usage"]!["completion_tokens"]! + 1, (int)reply["usage"]!["total_tokens"]!);
        });
        using var ours = server.KeyOf(Ours, 2);
        using var others = server.KeyOf(Others, 2);
        Assert.True(Log10P(replies, ours) < -12, $"{Log10P(replies, ours)}");
        Assert.True(Log10P(replies, others) > -3, $"{Log10P(replies, others)}");
        var unmarked = await server.AskDirectlyAsync(220);
        Assert.True(Log10P(unmarked, ours) > -3, $"{Log10P(unmarked, ours)}");
        var notes = await NotesAsync(server);
        Assert.Equal(220, notes.Count(note => note == $"mark drafts {ours.Id}"));
    }

    [Fact]
    public async Task Key_ThatTheLogDoesNotHold_MarksNothing()
    {
        await using var server = await MarkedServer.StartAsync(Biased, [Others], usesLaboratory: false);
        var body = await SentAsync(server, "\"prompt\":\"x\"");
        Assert.Equal("{\"model\":\"test-model\",\"prompt\":\"x\"}", body);
        using var ours = server.KeyOf(Ours, 0);
        Assert.Equal([$"mark uncommitted {ours.Id}"], await NotesAsync(server));
    }

    [Fact]
    public async Task Request_ThatIsNotToBeMarked_PassesByteForByte()
    {
        await using (var biased = await MarkedServer.StartAsync(Biased, [Ours], usesLaboratory: false))
        {
            foreach (var members in new[]
            {
                "\"prompt\":\"x\", \"logprobs\":1", "\"prompt\":\"x\",\"prompt_logprobs\":1", "\"prompt\":\"x\",\"logit_bias\":[1]",
                "\"prompt\":\"x\",\"logit_bias\":{\"a\":1}",
            })
            {
                Assert.Equal($"{{\"model\":\"test-model\",{members}}}", await SentAsync(biased, members));
            }
        }

        await using (var exempt = await MarkedServer.StartAsync(
            Biased, [Ours], usesLaboratory: false,
            static marks => marks with { Exempt = new HashSet<ResponseScope> { new(ResponseScopeKind.Account, RunningGateway.Account) } }))
        {
            Assert.Equal("{\"model\":\"test-model\",\"prompt\":\"x\"}", await SentAsync(exempt, "\"prompt\":\"x\""));
        }

        await using var drafted = await MarkedServer.StartAsync(Drafted, [Ours], usesLaboratory: false);
        foreach (var members in new[]
        {
            "\"prompt\":\"x\",\"stream\":true", "\"prompt\":\"x\",\"n\":2", "\"prompt\":\"x\",\"temperature\":0",
            "\"prompt\":[\"x\",\"y\"]",
            "\"prompt\":\"x\",\"best_of\":3", "\"prompt\":\"x\",\"n\":1,\"best\\u005fof\":3",
        })
        {
            Assert.Equal($"{{\"model\":\"test-model\",{members}}}", await SentAsync(drafted, members));
        }
    }

    [Fact]
    public async Task Bias_OfTheClient_StaysAndOursIsAdded()
    {
        var model = Biased with { Tokens = [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], MaxEntries = 3, Bias = 2.5 };
        await using var server = await MarkedServer.StartAsync(model, [Ours], usesLaboratory: false);
        using var key = server.KeyOf(Ours, 0);
        var green = model.Tokens.Where(id => key.Bits.IsGreen([], id)).ToArray();
        Assert.True(green.Length > 3);
        var bias = string.Join(',', green.Take(3).Select(static id => $"\"{id}\":2.5"));
        Assert.Equal(
            $"{{\"model\":\"test-model\",\"prompt\":\"x\",\"logit_bias\":{{{bias}}}}}", await SentAsync(server, "\"prompt\":\"x\""));
        Assert.Equal(
            $"{{\"model\":\"test-model\",\"logit_bias\":{{{bias}}},\"prompt\":\"x\"}}",
            await SentAsync(server, "\"logit_bias\":null,\"prompt\":\"x\""));
        Assert.Equal(
            $"{{\"model\":\"test-model\",\"logit_bias\":{{ \"{green[0]}\": -100, \"99\":1 ,\"{green[1]}\":2.5}},\"prompt\":\"x\"}}",
            await SentAsync(server, $"\"logit_bias\":{{ \"{green[0]}\": -100, \"99\":1 }},\"prompt\":\"x\""));
        Assert.Equal(
            "{\"model\":\"test-model\",\"logit_bias\":{\"1\":1,\"2\":1,\"3\":1},\"prompt\":\"x\"}",
            await SentAsync(server, "\"logit_bias\":{\"1\":1,\"2\":1,\"3\":1},\"prompt\":\"x\""));
    }

    [Fact]
    public async Task Drafts_OfAReply_BecomeOne_AndNothingElseChanges()
    {
        await using var server = await MarkedServer.StartAsync(Drafted with { Drafts = 3 }, [Ours], usesLaboratory: false);
        server.Gateway.Models.Answer = static (http, _) => AnswerAsync(http, Drafts);
        var seen = new HashSet<string>();
        for (var i = 0; i < 40; i++)
        {
            using var reply = await PostAsync(server, "\"prompt\":\"x\",\"n\": 1");
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
            seen.Add(await reply.Content.ReadAsStringAsync(Token));
        }

        Assert.All(seen, static text =>
        {
            var start = text.IndexOf("\"text\":\"", StringComparison.Ordinal) + 8;
            var draft = text[start..text.IndexOf('"', start)];
            var output = draft.Length == 23 ? 10 : 11;
            Assert.Contains(draft, Drafts, StringComparison.Ordinal);
            Assert.Contains("\"index\":0", text, StringComparison.Ordinal);
            Assert.EndsWith(
                $"\"usage\":{{\"prompt_tokens\":3,\"completion_tokens\":{output},\"total_tokens\":{3 + output}}}}}", text.Trim(),
                StringComparison.Ordinal);
        });
        Assert.All(server.Gateway.Models.Requests, static request => Assert.Equal(
            "{\"model\":\"test-model\",\"prompt\":\"x\",\"n\": 3}", Encoding.UTF8.GetString(request.Body)));
    }

    [Fact]
    public async Task Chat_IsMarkedBothWays_AndStreamsGetTheBias()
    {
        await using (var biased = await MarkedServer.StartAsync(Biased with { MaxEntries = 1 }, [Ours], usesLaboratory: false))
        {
            using var streamed = await biased.Gateway.PostAsync(
                "/v1/chat/completions", """{"model":"test-model","messages":[{"role":"user","content":"x"}],"stream":true}""");
            Assert.Equal(HttpStatusCode.OK, streamed.StatusCode);
            Assert.Matches("\"stream\":true,\"logit_bias\":\\{\"[0-9]+\":1.5\\}\\}$", LastBody(biased));
            using var other = await biased.Gateway.PostAsync("/v1/responses", """{"model":"test-model","input":"x"}""");
            Assert.Equal("""{"model":"test-model","input":"x"}""", LastBody(biased));
        }

        const string Answer = """
            {"choices":[{"index":0,"message":{"role":"assistant","content":"one two three","refusal":null},"finish_reason":"stop"},
            {"finish_reason":"length","index":1,"message":{"role":"assistant","content":"four five six","tool_calls":[{"index":7}]}}]}
            """;
        await using var drafted = await MarkedServer.StartAsync(Drafted with { Drafts = 2 }, [Ours], usesLaboratory: false);
        drafted.Gateway.Models.Answer = static (http, _) => AnswerAsync(http, Answer);
        var seen = new HashSet<string>();
        for (var i = 0; i < 40; i++)
        {
            using var reply = await drafted.Gateway.PostAsync(
                "/v1/chat/completions", """{"messages":[{"role":"user","content":"x"}],"model":"test-model"}""");
            seen.Add((await reply.Content.ReadAsStringAsync(Token)).ReplaceLineEndings(string.Empty));
        }

        const string First =
            """{"index":0,"message":{"role":"assistant","content":"one two three","refusal":null},"finish_reason":"stop"}""";
        const string Second =
            """{"finish_reason":"length","index":0,"message":{"role":"assistant","content":"four five six","tool_calls":[{"index":7}]}}""";
        Assert.All(seen, static one => Assert.Contains(one, new[] { $"{{\"choices\":[{First}]}}", $"{{\"choices\":[{Second}]}}" }));
        Assert.EndsWith("\"model\":\"test-model\",\"n\":2}", LastBody(drafted), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no json", HttpStatusCode.BadGateway)]
    [InlineData("{\"choices\":7}", HttpStatusCode.BadGateway)]
    [InlineData("{\"choices\":[1,2]}", HttpStatusCode.BadGateway)]
    [InlineData("[]", HttpStatusCode.BadGateway)]
    [InlineData("{\"choices\":[]}", HttpStatusCode.OK)]
    [InlineData("{\"choices\":[{\"index\":0,\"text\":\"one\"}]}", HttpStatusCode.OK)]
    [InlineData("{\"choices\":[{\"text\":null},{\"message\":{\"content\":null}}]}", HttpStatusCode.OK)]
    public async Task Reply_ThatCannotBeRead_IsNotPassedOn(string answer, HttpStatusCode expected)
    {
        await using var server = await MarkedServer.StartAsync(Drafted, [Ours], usesLaboratory: false);
        server.Gateway.Models.Answer = (http, _) => AnswerAsync(http, answer);
        using var reply = await PostAsync(server, "\"prompt\":\"x\"");
        Assert.Equal(expected, reply.StatusCode);
    }

    private static int[] Ids(JsonNode reply) => [.. NumberedTokens.Read(MarkedServer.TextOf(reply), MarkedServer.Vocabulary)];

    private static double Log10P(List<int[]> texts, CountedReference reference, MarkKey key)
    {
        var counts = new ContextCounts(0);
        texts.ForEach(text => counts.Add([], text));
        return WeightedPairs.Of(counts, Weighting.StandardizedCount, reference).Test(key.Bits).Test.Log10;
    }

    private static double Log10P(List<JsonNode> replies, MarkKey key)
    {
        var detector = new GreenListDetector(key.Bits);
        replies.ForEach(reply => detector.Add(WordIds.Of(MarkedServer.TextOf(reply))));
        return detector.Result().Test.Log10;
    }

    private static async Task<string> SentAsync(MarkedServer server, string members)
    {
        using var reply = await PostAsync(server, members);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        return LastBody(server);
    }

    private static string LastBody(MarkedServer server) => Encoding.UTF8.GetString(server.Gateway.Models.Requests.Last().Body);

    private static Task<HttpResponseMessage> PostAsync(MarkedServer server, string members) =>
        server.Gateway.PostAsync("/v1/completions", $"{{\"model\":\"{RunningGateway.Model}\",{members}}}");

    private static Task AnswerAsync(HttpContext http, string text)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(text, Token);
    }

    private static async Task<List<string>> NotesAsync(MarkedServer server) =>
    [
        .. (await server.Gateway.InteractionsAsync())
            .Where(static one => one.GetProperty("gateway").TryGetProperty("decisions", out _))
            .SelectMany(static one => one.GetProperty("gateway").GetProperty("decisions").EnumerateArray())
            .Select(static note => $"{note.GetProperty("by").GetString()} {note.GetProperty("effect").GetString()} "
                + string.Join(' ', note.GetProperty("reasons").EnumerateArray().Select(static reason => reason.GetString()))),
    ];
}
