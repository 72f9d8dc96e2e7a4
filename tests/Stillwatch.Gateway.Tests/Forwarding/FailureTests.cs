using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Stillwatch.Gateway.Admission;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Hosting;
using Stillwatch.Gateway.Observation;

namespace Stillwatch.Gateway.Tests.Forwarding;

/// <summary>What clients see, and what is recorded, when something breaks.</summary>
public sealed class FailureTests
{
    private const string Ask =
        """{"model":"test-model","stream":true,"max_tokens":100,"messages":[{"role":"user","content":"Tell me a story"}]}""";

    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    private static readonly string[] Streams = ["/v1/chat/completions", "/v1/responses", "/v1/messages"];

    public static TheoryData<string> StreamPaths => [.. Streams];

    [Theory]
    [MemberData(nameof(StreamPaths))]
    public async Task Upstream_ThatBreaksOffWithinAStream_EndsItWithAnErrorEvent(string path)
    {
        await using var gateway = await RunningGateway.StartAsync();
        var events = Events(path);
        var arrived = new TaskCompletionSource();
        gateway.Models.Answer = async (http, _) =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(events.Take(4)) + events[4][..20]));
            await http.Response.Body.FlushAsync();
            await arrived.Task;
            http.Abort();
        };
        using var reply = await gateway.PostAsync(path, Ask, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        await using var stream = await reply.Content.ReadAsStreamAsync(Cancellation);
        var first = new byte[Encoding.UTF8.GetByteCount(string.Concat(events.Take(4)))];
        await stream.ReadExactlyAsync(first, Cancellation);
        Assert.Equal(string.Concat(events.Take(4)), Encoding.UTF8.GetString(first));
        arrived.SetResult();
        using var rest = new StreamReader(stream);
        var last = await rest.ReadToEndAsync(Cancellation);
        AssertErrorEvent(path, last, "The model server broke off.");
        var interaction = Assert.Single(await gateway.InteractionsAsync());
        Assert.Equal("upstream_reset", Outcome(interaction));
        Assert.Equal("gateway", interaction.GetProperty("gateway").GetProperty("usage_source").GetString());
        Assert.True(interaction.GetProperty("usage").GetProperty("input_tokens").GetInt32() > 0);
    }

    [Theory]
    [InlineData("/v1/chat/completions", "server_error")]
    [InlineData("/v1/messages", "api_error")]
    public async Task Upstream_ThatBreaksOffBeforeItsReply_GivesAnErrorOfTheDialect(string path, string type)
    {
        await using var gateway = await RunningGateway.StartAsync();
        gateway.Models.Answer = (http, _) =>
        {
            http.Abort();
            return Task.CompletedTask;
        };
        using var reply = await gateway.PostAsync(path, Ask);
        Assert.Equal(HttpStatusCode.BadGateway, reply.StatusCode);
        Assert.Equal(type, Error(await reply.Content.ReadAsStringAsync(Cancellation)).GetProperty("type").GetString());
        Assert.Equal("upstream_reset", Outcome(Assert.Single(await gateway.InteractionsAsync())));
    }

    [Fact]
    public async Task Upstream_ThatIsNotThere_IsUnreachable()
    {
        await using var gateway = await RunningGateway.StartAsync(options => options with
        {
            Upstreams = new Dictionary<string, UpstreamOptions> { ["main"] = new() { Name = "main", Url = new("http://127.0.0.1:1") } },
        });
        using var reply = await gateway.PostAsync("/v1/chat/completions", Ask);
        Assert.Equal(HttpStatusCode.BadGateway, reply.StatusCode);
        var interaction = Assert.Single(await gateway.InteractionsAsync());
        Assert.Equal("upstream_unreachable", Outcome(interaction));
        Assert.Equal(0, interaction.GetProperty("usage").GetProperty("input_tokens").GetInt32());
    }

    [Fact]
    public async Task Upstream_ThatIsSilentBeforeItsReply_TimesOut()
    {
        await using var gateway = await RunningGateway.StartAsync(options =>
            With(options, upstream => upstream with { FirstByteTimeout = TimeSpan.FromSeconds(1) }));
        gateway.Models.Answer = (http, _) => Task.Delay(Timeout.Infinite, http.RequestAborted);
        using var reply = await gateway.PostAsync("/v1/messages", Ask);
        Assert.Equal(HttpStatusCode.GatewayTimeout, reply.StatusCode);
        Assert.Equal("timeout_error", Error(await reply.Content.ReadAsStringAsync(Cancellation)).GetProperty("type").GetString());
        Assert.Equal("upstream_timeout", Outcome(Assert.Single(await gateway.InteractionsAsync())));
    }

    [Fact]
    public async Task Upstream_ThatIsSilentWithinAStream_EndsItWithAnErrorEvent()
    {
        await using var gateway = await RunningGateway.StartAsync(options =>
            With(options, upstream => upstream with { IdleTimeout = TimeSpan.FromSeconds(1) }));
        var first = Events("/v1/chat/completions")[0];
        gateway.Models.Answer = async (http, _) =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(first));
            await http.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        };
        using var reply = await gateway.PostAsync("/v1/chat/completions", Ask);
        var text = await reply.Content.ReadAsStringAsync(Cancellation);
        AssertErrorEvent("/v1/chat/completions", text[first.Length..], "The model server did not answer in time.");
        Assert.Equal("upstream_timeout", Outcome(Assert.Single(await gateway.InteractionsAsync())));
    }

    [Fact]
    public async Task Client_ThatGoesAway_EndsTheUpstreamsWorkAndIsCounted()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Models.Answer = async (http, _) =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(Events("/v1/messages").Take(5))));
            await http.Response.Body.FlushAsync();
            http.RequestAborted.Register(ended.SetResult);
            await ended.Task;
        };
        using (var reply = await gateway.PostAsync("/v1/messages", Ask, HttpCompletionOption.ResponseHeadersRead))
        {
            using var reader = new StreamReader(await reply.Content.ReadAsStreamAsync(Cancellation));
            await reader.ReadLineAsync(Cancellation);
        }

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        var interaction = Assert.Single(await gateway.InteractionsAsync());
        Assert.Equal("client_gone", Outcome(interaction));
        Assert.Equal("gateway", interaction.GetProperty("gateway").GetProperty("usage_source").GetString());
        Assert.Equal(17, interaction.GetProperty("usage").GetProperty("input_tokens").GetInt32());
        Assert.InRange(interaction.GetProperty("usage").GetProperty("output_tokens").GetInt32(), 2, 8);
    }

    [Fact]
    public async Task Client_ThatGoesAwayBeforeTheReply_IsRecordedAs499()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var (asked, ended) = (new TaskCompletionSource(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        gateway.Models.Answer = async (http, _) =>
        {
            http.RequestAborted.Register(ended.SetResult);
            asked.SetResult();
            await ended.Task;
        };
        using var gone = new CancellationTokenSource();
        var reply = gateway.PostUntilAsync("/v1/messages", Ask, HttpCompletionOption.ResponseHeadersRead, gone.Token);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reply);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        var interaction = Assert.Single(await gateway.InteractionsAsync());
        Assert.Equal("client_gone", Outcome(interaction));
        Assert.Equal(499, interaction.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Event_LongerThanTheBound_EndsTheStreamWithAnErrorEvent()
    {
        await using var gateway = await RunningGateway.StartAsync(options =>
            options with { Limits = options.Limits with { MaxEventBytes = 4096 } });
        var first = Events("/v1/chat/completions")[0];
        gateway.Models.Answer = async (http, _) =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"{first}data: {new string('x', 200_000)}"));
            await http.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        };
        using var reply = await gateway.PostAsync("/v1/chat/completions", Ask);
        var text = await reply.Content.ReadAsStringAsync(Cancellation);
        Assert.StartsWith(first, text, StringComparison.Ordinal);
        AssertErrorEvent("/v1/chat/completions", text[first.Length..],
            "The model server sent an event that is longer than this gateway forwards.");
        Assert.Equal("upstream_malformed", Outcome(Assert.Single(await gateway.InteractionsAsync())));
    }

    [Fact]
    public async Task Reply_OtherThanAStream_ThatBreaksOff_IsSeenToBeIncomplete()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var arrived = new TaskCompletionSource();
        gateway.Models.Answer = async (http, _) =>
        {
            http.Response.ContentType = "application/json";
            http.Response.ContentLength = 1000;
            await http.Response.Body.WriteAsync("{\"half\":"u8.ToArray());
            await http.Response.Body.FlushAsync();
            await arrived.Task;
            http.Abort();
        };
        using var reply = await gateway.PostAsync(
            "/v1/chat/completions", """{"model":"test-model"}""", HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await reply.Content.ReadAsStreamAsync(Cancellation);
        await stream.ReadExactlyAsync(new byte[8], Cancellation);
        arrived.SetResult();
        await Assert.ThrowsAnyAsync<IOException>(async () => await stream.ReadExactlyAsync(new byte[8], Cancellation));
        Assert.Equal("upstream_reset", Outcome(Assert.Single(await gateway.InteractionsAsync())));
    }

    [Fact]
    public async Task Upstream_ThatRefusesTheGatewaysKey_IsNotTheClientsFault()
    {
        await using var gateway = await RunningGateway.StartAsync();
        gateway.Models.Answer = (http, _) =>
        {
            http.Response.StatusCode = 401;
            return http.Response.WriteAsync("""{"error":{"message":"the operator's secret is sk-123"}}""");
        };
        using var reply = await gateway.PostAsync("/v1/chat/completions", Ask);
        Assert.Equal(HttpStatusCode.BadGateway, reply.StatusCode);
        Assert.DoesNotContain("sk-123", await reply.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal("upstream_refused", Outcome(Assert.Single(await gateway.InteractionsAsync())));
    }

    [Fact]
    public async Task Error_OfTheUpstream_PassesAsItIs()
    {
        await using var gateway = await RunningGateway.StartAsync();
        const string Body =
            """{"error":{"message":"Too long","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}""";
        gateway.Models.Answer = (http, _) =>
        {
            http.Response.StatusCode = 400;
            http.Response.Headers["x-should-retry"] = "false";
            return http.Response.WriteAsync(Body);
        };
        using var reply = await gateway.PostAsync("/v1/chat/completions", Ask);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Equal(Body, await reply.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(0, Assert.Single(await gateway.InteractionsAsync()).GetProperty("usage").GetProperty("output_tokens").GetInt32());
    }

    [Theory]
    [MemberData(nameof(StreamPaths))]
    public async Task Reservation_ThatCoversNoMore_EndsTheStreamBeforeTheEvent(string path)
    {
        var meter = new DeltaMeter(1);
        await using var gateway = await RunningGateway.StartAsync(parts: new GatewayParts { Reservations = meter });
        using var reply = await gateway.PostAsync(path, Ask);
        var text = await reply.Content.ReadAsStringAsync(Cancellation);
        var forwarded = Events(path).TakeWhile(part => text.Contains(part, StringComparison.Ordinal)).ToList();
        Assert.InRange(forwarded.Count, 2, Events(path).Count - 2);
        AssertErrorEvent(path, text[string.Concat(forwarded).Length..], "enough");
        Assert.Equal(ExchangeOutcome.Cut, Assert.Single(meter.Settled).Outcome);
        Assert.Equal("cut", Outcome(Assert.Single(await gateway.InteractionsAsync())));
    }

    [Fact]
    public async Task Gateway_ThatIsStopped_EndsStreamsThatTakeTooLongWithAnErrorEvent()
    {
        await using var gateway = await RunningGateway.StartAsync(options => options with
        {
            Limits = options.Limits with { DrainTimeout = TimeSpan.FromMilliseconds(100) },
        });
        var first = Events("/v1/messages")[0];
        gateway.Models.Answer = async (http, _) =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(first));
            await http.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        };
        using var reply = await gateway.PostAsync("/v1/messages", Ask, HttpCompletionOption.ResponseHeadersRead);
        await gateway.StopAsync();
        var text = await reply.Content.ReadAsStringAsync(Cancellation);
        AssertErrorEvent("/v1/messages", text[first.Length..], "This gateway is being stopped; ask again.");
        Assert.Equal("stopped", Outcome(Assert.Single(await gateway.InteractionsAsync())));
    }

    private static GatewayOptions With(GatewayOptions options, Func<UpstreamOptions, UpstreamOptions> change) => options with
    {
        Upstreams = options.Upstreams.ToDictionary(pair => pair.Key, pair => change(pair.Value)),
    };

    private static List<string> Events(string path) =>
        [.. ModelAnswers.Of(path, stream: true).Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(part => $"{part}\n\n")];

    private static string Outcome(JsonElement interaction) => interaction.GetProperty("gateway").GetProperty("outcome").GetString()!;

    private static JsonElement Error(string body) => JsonDocument.Parse(body).RootElement.GetProperty("error");

    private static void AssertErrorEvent(string path, string text, string message)
    {
        var lines = text.Split('\n');
        var prefix = path == "/v1/chat/completions" ? "data: " : "event: error";
        Assert.StartsWith(prefix, lines[0], StringComparison.Ordinal);
        var data = JsonDocument.Parse(lines.First(line => line.StartsWith("data: ", StringComparison.Ordinal))[6..]).RootElement;
        var error = path == "/v1/responses" ? data : data.GetProperty("error");
        Assert.Equal(message, error.GetProperty("message").GetString());
        Assert.EndsWith("\n\n", text, StringComparison.Ordinal);
    }

    /// <summary>Covers so many events with content.</summary>
    private sealed class DeltaMeter(int deltas) : IReservations, IReservation
    {
        public List<ReplySummary> Settled { get; } = [];

        public ValueTask<ReservationOutcome> ReserveAsync(AdmittedRequest request, int inputTokens, CancellationToken cancellationToken) =>
            new(new ReservationOutcome(this, null));

        public Refusal? Cover(in ReplyProgress progress) =>
            progress.Deltas > deltas ? new(RefusalReason.PolicyDenied, "enough") : null;

        public void WriteHeaders(IHeaderDictionary headers, Dialect dialect) => headers["x-ratelimit-limit-tokens"] = "1";

        public void Settle(in ReplySummary reply) => Settled.Add(reply);
    }
}
