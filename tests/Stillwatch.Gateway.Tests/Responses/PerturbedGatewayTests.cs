using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Gateway.Hosting;
using Stillwatch.Gateway.Metering;
using Stillwatch.Gateway.Quotas;
using Stillwatch.Gateway.Quotas.Ledger;
using Stillwatch.Gateway.Responses;

namespace Stillwatch.Gateway.Tests.Responses;

/// <summary>The step in a running gateway, in front of a model server whose replies a test decides.</summary>
public sealed class PerturbedGatewayTests : IAsyncLifetime
{
    private const string Path = "/v1/completions";
    private const string Reply = """{"choices":[{"index":0,"text":"a","logprobs":{"tokens":["a"],"token_logprobs":[-0.5]"""
        + ""","top_logprobs":[{"a":-0.5,"b":-1.5}]}}]}""";

    private readonly ScratchFolder _folder = new();
    private RunningGateway _gateway = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        SigningKeyFile.Create(_folder.At("log.key"), "example.com/log", NoteKeyType.Ed25519);
        using var key = SigningKeyFile.Read(_folder.At("log.key"));
        var now = TimeProvider.System.GetUtcNow();
        var rule = new ResponseRule(
            new(ResponseScopeKind.Account, RunningGateway.Account), ResponseStep.Perturb, IsShadow: false, now.AddHours(1), "kim");
        await using (var log = LogWriter.Create(_folder.At("log"), key))
        {
            await log.AppendAsync(rule.ToEntry(now, "test").Bytes, Token);
            await log.PublishAsync();
        }

        _gateway = await StartAsync(null);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Reply_IsPerturbedAlike_WholeAndStreamed_AndBiasIsGone()
    {
        _gateway.Models.Answer = (http, _) => AnswerAsync(http, Reply);
        var whole = await AskAsync("\"prompt\":\"x\",\"logprobs\":2,\"logit_bias\":{\"5\":1.5},\"max_tokens\":1");
        Assert.Equal(await AskAsync("\"max_tokens\":1, \"logprobs\":2,\"prompt\":\"x\",\"seed\":9"), whole);
        Assert.NotEqual(Reply, whole);
        Assert.Equal(
            "{\"model\":\"test-model\",\"prompt\":\"x\",\"logprobs\":2,\"max_tokens\":1}",
            Encoding.UTF8.GetString(_gateway.Models.Requests.First().Body));

        // However the bytes of a stream are cut, the same comes out.
        var stream = $"event: x\r\ndata: {Reply}\r\n\r\n: ping\n\ndata:{Reply}\nid: 7\n\ndata: [DONE]\n\n";
        string? first = null;
        foreach (var piece in new[] { 1, 2, 3, 7, 50, 1000 })
        {
            _gateway.Models.Answer = (http, _) => StreamAsync(http, stream, piece);
            var streamed = await AskAsync("\"prompt\":\"x\",\"logprobs\":2,\"stream\":true");
            Assert.Equal(first ??= streamed, streamed);
        }

        Assert.StartsWith($"event: x\r\ndata: {whole}\r\n\r\n: ping\n\ndata:{{", first, StringComparison.Ordinal);
        Assert.EndsWith("\nid: 7\n\ndata: [DONE]\n\n", first, StringComparison.Ordinal);
        Assert.DoesNotContain("-1.5}", first, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reply_ThatCannotBeRead_IsNotPassedOn_ButErrorsAre()
    {
        const string Ask = "\"prompt\":\"x\",\"logprobs\":2";
        _gateway.Models.Answer = static (http, _) => AnswerAsync(http, "no json -0.5");
        using var malformed = await PostAsync(Ask);
        Assert.Equal(HttpStatusCode.BadGateway, malformed.StatusCode);
        Assert.DoesNotContain("-0.5", await malformed.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        _gateway.Models.Answer = static (http, _) =>
        {
            http.Response.StatusCode = 418;
            return AnswerAsync(http, "no json");
        };
        Assert.Equal("no json", await AskAsync(Ask));
        _gateway.Models.Answer = static (http, _) => StreamAsync(http, $"data: {Reply}\n\ndata: {{\"logprob\":-0.25\n\n", 1000);
        var cut = await AskAsync($"{Ask},\"stream\":true");
        Assert.Contains("error", cut, StringComparison.Ordinal);
        Assert.DoesNotContain("-0.25", cut, StringComparison.Ordinal);
        _gateway.Models.Answer = static (http, _) => StreamAsync(http, $"data: {Reply}\n\ndata: {Reply}", 1000);
        Assert.DoesNotContain("-1.5}", await AskAsync($"{Ask},\"stream\":true"), StringComparison.Ordinal);
    }

    /// <summary>What is not understood whole loses its probabilities, and what asks for none is left alone; both are noted.</summary>
    [Fact]
    public async Task Request_ThatIsNotUnderstood_IsReduced_AndOthersPass()
    {
        _gateway.Models.Answer = static (http, _) => AnswerAsync(http, Reply);
        Assert.Equal(Reply, await AskAsync("\"prompt\":\"x\",\"logprobs\":2,\"top_k\":5"));
        Assert.Equal(Reply, await AskAsync("\"prompt\":\"x\""));
        Assert.Equal(
            ["{\"model\":\"test-model\",\"prompt\":\"x\",\"top_k\":5}", "{\"model\":\"test-model\",\"prompt\":\"x\"}"],
            _gateway.Models.Requests.Select(static request => Encoding.UTF8.GetString(request.Body)));
        var noted = (await _gateway.InteractionsAsync()).Select(static one => one.GetProperty("gateway"));
        Assert.Equal(1, noted.Count(static one => one.TryGetProperty("decisions", out var list)
            && list[0].GetProperty("effect").GetString() == "perturb"));
    }

    /// <summary>A stream that a quota cuts ends with what was written so far: noisy too, and without reasoning.</summary>
    [Fact]
    public async Task Stream_ThatIsCut_EndsWithNothingThatWasHidden()
    {
        using var ledger = QuotaLedger.InMemory(
            QuotaLimits.Create(new QuotaLimit("budget", QuotaMeasure.OutputTokens, 20, null, QuotaScope.Account)), TimeProvider.System);
        await using var gateway = await StartAsync(
            new() { Reservations = new MeteredReservations(ledger, null, null, TimeProvider.System) });
        const string Logprobs = "\"logprobs\":[{\"token\":\"ab\",\"logprob\":-0.125,\"top_logprobs\":[]}]";
        var begin =
            $$$"""
            data: {"type":"response.created","sequence_number":0,"response":{"id":"r","status":"in_progress","output":[]}}

            data: {"type":"response.output_item.done","output_index":0,"item":{"type":"reasoning","summary":[{"text":"Hm, secret"}]}}

            data: {"type":"response.output_item.done","output_index":1,"item":{"type":"message","content":[{"text":"ab",{{{Logprobs}}}}]}}

            data: {"type":"response.output_item.added","output_index":2,"item":{"type":"message","content":[]}}

            data: {"type":"response.content_part.added","output_index":2,"content_index":0,"part":{"type":"output_text","text":""}}


            """;
        var delta = $$$"""{"type":"response.output_text.delta","output_index":2,"content_index":0,"delta":"ab",{{{Logprobs}}}}""";
        gateway.Models.Answer = (http, _) => StreamAsync(
            http, begin + string.Concat(Enumerable.Repeat($"data: {delta}\n\n", 100)), 1000);
        using var reply = await gateway.PostAsync("/v1/responses", $$"""
            {"model":"{{RunningGateway.Model}}","input":"x","stream":true,"max_output_tokens":1000,
             "include":["message.output_text.logprobs"]}
            """);
        var stream = await reply.Content.ReadAsStringAsync(Token);
        Assert.Contains("\"response.incomplete\"", stream, StringComparison.Ordinal);
        Assert.Contains("\"status\":\"incomplete\"", stream, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", stream, StringComparison.Ordinal);
        Assert.DoesNotContain("-0.125", stream, StringComparison.Ordinal);
    }

    private async Task<RunningGateway> StartAsync(GatewayParts? parts)
    {
        var gateway = await RunningGateway.StartAsync(
            options => options with { Decisions = new(_folder.At("log"), _folder.At("log.key")) }, parts);
        while (gateway.Host.Responses.Count == 0)
        {
            await Task.Delay(5, Token);
        }

        return gateway;
    }

    private static Task AnswerAsync(HttpContext http, string text)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(text);
    }

    private static async Task StreamAsync(HttpContext http, string text, int piece)
    {
        http.Response.ContentType = "text/event-stream";
        foreach (var part in Encoding.UTF8.GetBytes(text).Chunk(piece))
        {
            await http.Response.Body.WriteAsync(part);
            await http.Response.Body.FlushAsync();
        }
    }

    private async Task<string> AskAsync(string members)
    {
        using var reply = await PostAsync(members);
        return await reply.Content.ReadAsStringAsync(Token);
    }

    private Task<HttpResponseMessage> PostAsync(string members) =>
        _gateway.PostAsync(Path, $"{{\"model\":\"{RunningGateway.Model}\",{members}}}");
}
