using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Stillwatch.Gateway.Configuration;

namespace Stillwatch.Gateway.Tests.Telemetry;

/// <summary>Traces and metrics as a collector on loopback gets them.</summary>
public sealed class TelemetryTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Collector_GetsTracesAndMetrics_AndNoTextNorSecret()
    {
        var received = new ConcurrentDictionary<string, byte[]>();
        await using var collector = await CollectorAsync(received);
        await using var gateway = await RunningGateway.StartAsync(options => options with
        {
            Telemetry = new(new(collector.Urls.First())) { Service = "under-test", Every = TimeSpan.FromHours(1) },
        });
        gateway.Client.DefaultRequestHeaders.Add("traceparent", $"00-{Trace}-00f067aa0ba902b7-01");
        using (var reply = await gateway.PostAsync(
            "/v1/chat/completions", """{"model":"test-model","messages":[{"role":"user","content":"a secret of mine"}]}"""))
        {
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        }

        using (var refused = await gateway.PostAsync("/v1/nothing", "{}"))
        {
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        }

        await gateway.StopAsync();
        var (traces, metrics) = (received["/v1/traces"], received["/v1/metrics"]);
        Assert.All(
            ["under-test", "chat test-model", "gen_ai.operation.name", "gen_ai.usage.output_tokens", "stillwatch.request.id", "completed"],
            text => Assert.True(Has(traces, text), text));
        Assert.True(traces.AsSpan().IndexOf(Convert.FromHexString(Trace)) >= 0, "The trace is not the client's.");
        Assert.All(
            ["gen_ai.server.request.duration", "gen_ai.client.token.usage", "stillwatch.gateway.refusals", "NoSuchEndpoint"],
            text => Assert.True(Has(metrics, text), text));
        Assert.All(
            [traces, metrics], bytes => Assert.All(
                ["a secret of mine", gateway.Key, "127.0.0.1"], secret => Assert.False(Has(bytes, secret), secret)));
    }

    [Fact]
    public async Task Collector_ThatIsAway_HoldsUpNobody()
    {
        await using var gateway = await RunningGateway.StartAsync(static options => options with
        {
            Telemetry = new(new("http://127.0.0.1:1")) { Every = TimeSpan.FromSeconds(1) },
        });
        using var reply = await gateway.PostAsync("/v1/chat/completions", """{"model":"test-model"}""");
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Single(await gateway.InteractionsAsync());
    }

    [Fact]
    public void Configuration_IsReadAndItsFaultsAreNamed()
    {
        const string Text =
            """
            listeners: [{address: "127.0.0.1:0"}]
            keys: keys.json
            upstreams: {main: {url: "http://127.0.0.1:1"}}
            models: [{name: m, upstream: main}]
            observation: {spool: s, log: l}
            """;
        var (options, none, _) = ConfigurationFile.Parse(
            $"{Text}\ntelemetry: {{otlp: \"http://127.0.0.1:4318\", trace_share: 0.25, every: 10s}}", "/tmp/stillwatch.yaml");
        Assert.Empty(none);
        var read = options!.Telemetry!;
        Assert.Equal((0.25, 10, "stillwatch"), (read.TraceShare, read.Every.TotalSeconds, read.Service));
        var (_, faults, _) = ConfigurationFile.Parse($"{Text}\ntelemetry: {{otlp: nowhere, trace_share: 2}}", "/tmp/stillwatch.yaml");
        Assert.Equal(["telemetry.otlp", "telemetry.trace_share"], faults.Select(static fault => fault.Member).Order());
    }

    private static bool Has(byte[] bytes, string text) => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    private static async Task<WebApplication> CollectorAsync(ConcurrentDictionary<string, byte[]> received)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var collector = builder.Build();
        collector.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, Token);
            received.AddOrUpdate(http.Request.Path, _ => body.ToArray(), (_, before) => [.. before, .. body.ToArray()]);
        });
        await collector.StartAsync(Token);
        return collector;
    }
}
