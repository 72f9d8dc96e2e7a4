using System.Net;

namespace Stillwatch.Gateway.Tests.Hosting;

public sealed class AdminPagesTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_OfARunningGateway_SayWhatItDid()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using (await gateway.PostAsync("/v1/chat/completions", """{"model":"test-model"}"""))
        using (await gateway.PostAsync("/v1/nothing", "{}"))
        {
        }

        using var admin = new HttpClient { BaseAddress = gateway.Host.AdminAddress };
        Assert.Equal("ok\n", await admin.GetStringAsync(new Uri("/healthz", UriKind.Relative), Cancellation));
        Assert.Equal("ready\n", await admin.GetStringAsync(new Uri("/readyz", UriKind.Relative), Cancellation));
        var metrics = await admin.GetStringAsync(new Uri("/metrics", UriKind.Relative), Cancellation);
        Assert.Contains("stillwatch_gateway_requests_total{endpoint=\"chat\",outcome=\"completed\"} 1\n", metrics,
            StringComparison.Ordinal);
        Assert.Contains("stillwatch_gateway_refusals_total{reason=\"no_such_endpoint\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("stillwatch_gateway_tokens_total{direction=\"input\",source=\"upstream\"} 11\n", metrics, StringComparison.Ordinal);
        Assert.Contains("stillwatch_gateway_request_duration_seconds_count{endpoint=\"chat\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Matches("\nprocess_resident_memory_bytes [1-9][0-9]{7,}\n", metrics);
        Assert.Matches("\ndotnet_gc_collections_total\\{generation=\"gen2\"\\} [0-9]+\n", metrics);
        Assert.All(
            metrics.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#'),
            line => Assert.Matches(@"^[a-z_]+(\{[a-z]+=""[^""]+""(,[a-z]+=""[^""]+"")*\})? [0-9.e+-]+$", line));
        using var none = await admin.GetAsync(new Uri("/v1/models", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        using var onGateway = await gateway.Client.GetAsync(new Uri("/metrics", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, onGateway.StatusCode);
    }
}
