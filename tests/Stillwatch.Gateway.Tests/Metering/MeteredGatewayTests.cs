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
        var options = new MeteringOptions { PriceOf = static _ => new(2_000_000, 8_000_000) };
        await using var gateway = await RunningGateway.StartAsync(parts: Parts(ledger, options: options));
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
    public async Task Stream_ThatUsesUpItsQuota_IsCutThereWithAValidLastEvent(string path)
    {
        using var ledger = QuotaLedger.InMemory(
            QuotaLimits.Create(new QuotaLimit("output", QuotaMeasure.OutputTokens, 10, null)), TimeProvider.System);
        await using var gateway = await RunningGateway.StartAsync(parts: Parts(ledger));
        gateway.Models.Answer = (http, _) => StreamAsync(http, path, events: 50, wait: null);
        using var reply = await gateway.PostAsync(path, Body(stream: true));
        var events = Events(await reply.Content.ReadAsStringAsync(Token));
        var content = events.Count(item => item.Contains("\"ab\"", StringComparison.Ordinal));
        Assert.InRange(content, 5, 10);
        Assert.Contains("cut", ErrorOf(events[^1]).GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.InRange(ledger.Standing(Subject(gateway))[0].Remaining, 0, 10 - content);
    }

    [Theory]
    [InlineData(Chat)]
    [InlineData(Messages)]
    public async Task KillSwitch_StopsAStreamThatStandsStill_AndWhatComesAfter(string path)
    {
        using var ledger = QuotaLedger.InMemory(QuotaLimits.Create(), TimeProvider.System);
        using var switches = new KillSwitches(new NoLog(), [], TimeProvider.System);
        await using var gateway = await RunningGateway.StartAsync(parts: Parts(ledger, switches));
        var never = new TaskCompletionSource();
        gateway.Models.Answer = (http, _) => StreamAsync(http, path, events: 2, never.Task.WaitAsync(http.RequestAborted));
        using var reply = await gateway.PostAsync(path, Body(stream: true), HttpCompletionOption.ResponseHeadersRead);
        var scope = new SwitchScope(SwitchScopeKind.Model, RunningGateway.Model);
        Assert.Null(await switches.TakeAsync(scope, SwitchStep.Proposed, "ann", "test", null, Token));
        Assert.Equal(1, switches.WouldStop(scope));
        Assert.Null(await switches.TakeAsync(scope, SwitchStep.Confirmed, "ben", "test", null, Token));
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
        await using var gateway = await RunningGateway.StartAsync(parts: new() { Policy = new PolicyAccess(new(policies)) });
        using var allowed = await gateway.PostAsync(Chat, Body(stream: false));
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        using var denied = await gateway.PostAsync(Chat, """{"model":"test-model","messages":[],"logprobs":true}""");
        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
        Assert.Equal("No probabilities for you.", (await JsonAsync(denied)).GetProperty("error").GetProperty("message").GetString());
        Assert.Single(gateway.Models.Requests);
    }

    private static GatewayParts Parts(QuotaLedger ledger, KillSwitches? switches = null, MeteringOptions? options = null) =>
        new() { Reservations = new MeteredReservations(ledger, switches, options ?? new(), TimeProvider.System) };

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
        var piece = path == Chat
            ? "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"ab\"}}]}\n\n"
            : "event: content_block_delta\ndata: "
                + "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"ab\"}}\n\n";
        for (var i = 0; i < events; i++)
        {
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(piece), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }

        await (wait ?? Task.CompletedTask);
    }

    private static List<string> Events(string stream)
    {
        Assert.EndsWith("\n\n", stream, StringComparison.Ordinal);
        return [.. stream.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)];
    }

    private static JsonElement ErrorOf(string item) =>
        JsonDocument.Parse(item[(item.IndexOf("data: ", StringComparison.Ordinal) + 6)..]).RootElement.GetProperty("error");

    private sealed class NoLog : ISwitchLog
    {
        public Task AppendAsync(DecisionEntry entry, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
