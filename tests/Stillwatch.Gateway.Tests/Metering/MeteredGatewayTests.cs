using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Stillwatch.Evidence.Decisions;
using Stillwatch.Gateway.Hosting;
using Stillwatch.Gateway.Metering;
using Stillwatch.Gateway.Policies;
using Stillwatch.Gateway.Policies.Switches;
using Stillwatch.Gateway.Quotas;
using Stillwatch.Gateway.Quotas.Ledger;

namespace Stillwatch.Gateway.Tests.Metering;

/// <summary>Quotas, switches and policies of a gateway on real sockets.</summary>
public sealed class MeteredGatewayTests
{
    private const string Chat = "/v1/chat/completions";
    private const string Messages = "/v1/messages";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TenThousandRequests_ThousandsAtOnce_OvershootNothingAndUseTheBudget()
    {
        const int Requests = 10_000;
        const int TokensOfOne = 18;
        const long Budget = 4000 * TokensOfOne;
        const string Ask = """{"model":"test-model","max_tokens":7,"messages":[{"role":"user","content":"Hi"}]}""";
        using var ledger = QuotaLedger.InMemory(QuotaLimits.Create(
            new QuotaLimit("budget", QuotaMeasure.TotalTokens, Budget, null, QuotaScope.Account),
            new QuotaLimit("requests", QuotaMeasure.Requests, 1_000_000, TimeSpan.FromHours(1), QuotaScope.Key),
            new QuotaLimit("money", QuotaMeasure.Money, 1_000_000_000, TimeSpan.FromDays(1), QuotaScope.Organisation),
            new QuotaLimit("under way", QuotaMeasure.Concurrency, 1000, null, QuotaScope.Model)), TimeProvider.System);
        await using var gateway = await RunningGateway.StartAsync(
            options => options with
            {
                Models = [new(RunningGateway.Model, "main", "us") { Price = new(2_000_000, 8_000_000) }],
            },
            Parts(ledger));
        var served = 0;
        gateway.Models.Answer = (http, received) =>
        {
            Interlocked.Increment(ref served);
            return ModelAnswers.AnswerAsync(http, received);
        };
        using var client = Client(gateway);
        var statuses = await Task.WhenAll(Enumerable.Range(0, Requests).Select(_ => AskAsync(client, Ask)));

        // What others' reservations had kept from being granted is granted once they are settled.
        while (await AskAsync(client, Ask) == HttpStatusCode.OK)
        {
        }

        Assert.InRange((long)served * TokensOfOne, (long)(0.95 * Budget), Budget);
        Assert.InRange(statuses.Count(status => status == HttpStatusCode.OK), 1, served);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.TooManyRequests], statuses.Distinct().Order());
        var left = ledger.Standing(Subject(gateway)).Single(standing => standing.Limit.Name == "budget").Remaining;
        Assert.Equal(Budget - ((long)served * TokensOfOne), left);
    }

    [Fact]
    public async Task Denial_IsTheDialectsOwn_AndRepliesTellTheRates()
    {
        using var ledger = QuotaLedger.InMemory(
            QuotaLimits.Create(new QuotaLimit("requests", QuotaMeasure.Requests, 1, TimeSpan.FromMinutes(1))), TimeProvider.System);
        await using var gateway = await RunningGateway.StartAsync(parts: Parts(ledger));
        using var granted = await gateway.PostAsync(Chat, Body(stream: false));
        Assert.Equal("0", Assert.Single(granted.Headers.GetValues("x-ratelimit-remaining-requests")));
        using var openAi = await gateway.PostAsync(Chat, Body(stream: false));
        Assert.Equal(HttpStatusCode.TooManyRequests, openAi.StatusCode);
        Assert.InRange(openAi.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 62);
        var error = (await JsonAsync(openAi)).GetProperty("error");
        Assert.Equal(("requests", "rate_limit_exceeded"), (error.GetProperty("type").GetString(), error.GetProperty("code").GetString()));
        Assert.Contains("Limit 1, Used 1, Requested 1", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        using var anthropic = await gateway.PostAsync(Messages, Body(stream: false));
        Assert.Equal("rate_limit_error", (await JsonAsync(anthropic)).GetProperty("error").GetProperty("type").GetString());
    }

    [Theory]
    [InlineData(Chat)]
    [InlineData(Messages)]
    [InlineData("/v1/completions")]
    [InlineData("/v1/responses")]
    public async Task Stream_ThatUsesUpItsQuota_EndsThereAsOneThatReachedItsBound(string path)
    {
        using var ledger = QuotaLedger.InMemory(
            QuotaLimits.Create(new QuotaLimit("output", QuotaMeasure.OutputTokens, 10, null)), TimeProvider.System);
        await using var gateway = await RunningGateway.StartAsync(parts: Parts(ledger));
        gateway.Models.Answer = (http, _) => StreamAsync(http, path, events: 50, wait: null);
        var body = Body(stream: true).Replace("\"stream\"", "\"n\":2,\"stream\"", StringComparison.Ordinal);
        using var reply = await gateway.PostAsync(path, body);
        var events = Events(await reply.Content.ReadAsStringAsync(Token));
        var content = events.Count(item => item.Contains("\"ab\"", StringComparison.Ordinal));
        Assert.InRange(content, 5, 10);
        var last = events.FindLastIndex(item => item.Contains("\"ab\"", StringComparison.Ordinal));
        Assert.Equal(EndOf(path, content), events.Skip(last + 1));
        Assert.InRange(ledger.Standing(Subject(gateway))[0].Remaining, 0, 10 - content);
        var recorded = Assert.Single(await gateway.InteractionsAsync()).GetProperty("gateway");
        Assert.Equal("cut", recorded.GetProperty("outcome").GetString());
        Assert.Equal("""[{"by":"quota","effect":"cut","reasons":[]}]""", recorded.GetProperty("decisions").GetRawText());
    }

    private static string[] EndOf(string path, int content) => path switch
    {
        Chat =>
        [
            """data: {"id":"c","object":"chat.completion.chunk","choices":["""
                + """{"index":0,"delta":{},"logprobs":null,"finish_reason":"length"},"""
                + """{"index":1,"delta":{},"logprobs":null,"finish_reason":"length"}]}""",
            "data: [DONE]",
        ],
        "/v1/completions" =>
        [
            """data: {"id":"c","choices":[{"index":0,"text":"","logprobs":null,"finish_reason":"length"},"""
                + """{"index":1,"text":"","logprobs":null,"finish_reason":"length"}]}""",
            "data: [DONE]",
        ],
        Messages =>
        [
            "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}",
            "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"max_tokens\",\"stop_sequence\":null},"
                + $"\"usage\":{{\"output_tokens\":{content + 1}}}}}",
            "event: message_stop\ndata: {\"type\":\"message_stop\"}",
        ],
        _ =>
        [
            $"event: response.incomplete\ndata: {{\"type\":\"response.incomplete\",\"sequence_number\":{content + 3},\"response\":{{"
                + "\"id\":\"r\",\"status\":\"incomplete\",\"output\":[{\"id\":\"m\",\"type\":\"message\",\"status\":\"incomplete\","
                + "\"content\":[{\"type\":\"output_text\",\"text\":\"" + string.Concat(Enumerable.Repeat("ab", content)) + "\"}]}],"
                + "\"incomplete_details\":{\"reason\":\"max_output_tokens\"},\"usage\":{\"input_tokens\":26,"
                + "\"input_tokens_details\":{\"cached_tokens\":0},"
                + $"\"output_tokens\":{content + 1},\"output_tokens_details\":{{\"reasoning_tokens\":0}},"
                + $"\"total_tokens\":{content + 27}}}}}}}",
        ],
    };

    [Theory]
    [InlineData(Chat)]
    [InlineData(Messages)]
    public async Task KillSwitch_StopsAStreamThatStandsStill_AndWhatComesAfter(string path)
    {
        using var ledger = QuotaLedger.InMemory(QuotaLimits.Create(), TimeProvider.System);
        var switches = new KillSwitches(TimeProvider.System);
        var desk = new SwitchDesk(new FollowedLog(switches), [], TimeProvider.System);
        await using var gateway = await RunningGateway.StartAsync(parts: Parts(ledger, switches));
        var never = new TaskCompletionSource();
        gateway.Models.Answer = (http, _) => StreamAsync(http, path, events: 2, never.Task.WaitAsync(http.RequestAborted));
        using var reply = await gateway.PostAsync(path, Body(stream: true), HttpCompletionOption.ResponseHeadersRead);
        var scope = new SwitchScope(SwitchScopeKind.Model, RunningGateway.Model);
        Assert.Null(await desk.TakeAsync(scope, SwitchStep.Proposed, "ann", "test", null, null, Token));
        Assert.Equal(1, switches.WouldStop(scope));
        Assert.Null(await desk.TakeAsync(scope, SwitchStep.Confirmed, "ben", "test", null, 1, Token));
        var events = Events(await reply.Content.ReadAsStringAsync(Token));
        Assert.Contains("stopped this service", ErrorOf(events[^1]).GetProperty("message").GetString(), StringComparison.Ordinal);
        using var after = await gateway.PostAsync(path, Body(stream: true));
        Assert.Equal(HttpStatusCode.Forbidden, after.StatusCode);
        Assert.Equal("false", Assert.Single(after.Headers.GetValues("x-should-retry")));
        Assert.Equal(0, switches.UnderWay);
    }

    [Fact]
    public async Task Policy_ThatForbids_IsToldInItsOwnWords()
    {
        var policies = PolicySet.Parse(
            """
            permit (principal in Organisation::"wonderland", action, resource);
            @message("No probabilities for you.") forbid (principal, action, resource) when { context.features.contains("logprobs") };
            """,
            out _)!;
        await using var gateway = await RunningGateway.StartAsync(parts: new() { Policy = new PolicyAccess(new(policies), null) });
        using var allowed = await gateway.PostAsync(Chat, Body(stream: false));
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        using var denied = await gateway.PostAsync(Chat, """{"model":"test-model","messages":[],"logprobs":true}""");
        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
        Assert.Equal("No probabilities for you.", (await JsonAsync(denied)).GetProperty("error").GetProperty("message").GetString());
        Assert.Single(gateway.Models.Requests);
    }

    private static GatewayParts Parts(QuotaLedger ledger, KillSwitches? switches = null) =>
        new() { Reservations = new MeteredReservations(ledger, switches, null, TimeProvider.System) };

    private static QuotaSubject Subject(RunningGateway gateway) =>
        new(gateway.Key.Split('-')[1], RunningGateway.Account, "wonderland", RunningGateway.Model, "", "standard");

    private static string Body(bool stream) =>
        "{\"model\":\"test-model\",\"max_tokens\":1000,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"stream\":"
        + (stream ? "true}" : "false}");

    /// <summary>As many connections as a small machine has room for; the rest of the requests wait for one.</summary>
    private static HttpClient Client(RunningGateway gateway)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 2000 };
        var client = new HttpClient(handler) { BaseAddress = gateway.Client.BaseAddress, Timeout = TimeSpan.FromMinutes(5) };
        client.DefaultRequestHeaders.Add("x-api-key", gateway.Key);
        return client;
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient client, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var reply = await client.PostAsync(new Uri(Chat, UriKind.Relative), content, Token);
        return reply.StatusCode;
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage reply) =>
        JsonDocument.Parse(await reply.Content.ReadAsStringAsync(Token)).RootElement;

    /// <summary>Events of one token each; then the server waits, or ends.</summary>
    private static async Task StreamAsync(HttpContext http, string path, int events, Task? wait)
    {
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(BeginningOf(path)), http.RequestAborted);
        for (var i = 0; i < events; i++)
        {
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(PieceOf(path, i)), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }

        await (wait ?? Task.CompletedTask);
    }

    private static string BeginningOf(string path) => path switch
    {
        Messages => "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"m\"}}\n\n"
            + "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{}}\n\n",
        "/v1/responses" => "data: {\"type\":\"response.created\",\"sequence_number\":0,\"response\":{\"id\":\"r\","
            + "\"status\":\"in_progress\",\"output\":[]}}\n\n"
            + "data: {\"type\":\"response.output_item.added\",\"sequence_number\":1,\"output_index\":0,"
            + "\"item\":{\"id\":\"m\",\"type\":\"message\",\"status\":\"in_progress\",\"content\":[]}}\n\n"
            + "data: {\"type\":\"response.content_part.added\",\"sequence_number\":2,"
            + "\"part\":{\"type\":\"output_text\",\"text\":\"\"}}\n\n",
        _ => "",
    };

    private static string PieceOf(string path, int number) => path switch
    {
        Chat => "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\","
            + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"ab\"}}]}\n\n",
        "/v1/completions" => "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"text\":\"ab\"}]}\n\n",
        Messages => "event: content_block_delta\ndata: "
            + "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"ab\"}}\n\n",
        _ => $"data: {{\"type\":\"response.output_text.delta\",\"sequence_number\":{number + 3},\"delta\":\"ab\"}}\n\n",
    };

    private static List<string> Events(string stream)
    {
        Assert.EndsWith("\n\n", stream, StringComparison.Ordinal);
        return [.. stream.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)];
    }

    private static JsonElement ErrorOf(string item) =>
        JsonDocument.Parse(item[(item.IndexOf("data: ", StringComparison.Ordinal) + 6)..]).RootElement.GetProperty("error");

    private sealed class FollowedLog(KillSwitches switches) : ISwitchLog
    {
        public Task AppendAsync(DecisionEntry entry, CancellationToken cancellationToken)
        {
            switches.Apply(entry);
            return Task.CompletedTask;
        }
    }
}
