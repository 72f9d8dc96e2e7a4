using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Stillwatch.Gateway.Identity;

namespace Stillwatch.Gateway.Tests.Hosting;

/// <summary>
/// The real command line, killed in the middle of its work again and again: what was admitted is recorded, each request once.
/// </summary>
public sealed class KilledGatewayTests : IAsyncLifetime
{
    private const int Kills = 12;
    private const int Clients = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ScratchFolder _folder = new();
    private readonly ConcurrentDictionary<string, bool> _answered = [];
    private ModelServer _models = null!;
    private string _key = string.Empty;
    private int _port;

    public async ValueTask InitializeAsync()
    {
        _models = await ModelServer.StartAsync();
        _models.Answer = AnswerSlowlyAsync;
        (_, _key) = new KeyIssuer(_folder.At("keys.json"), TimeProvider.System).Create(new GatewayKey { Id = "", Account = "alice" });
        _port = FreePort();
    }

    public async ValueTask DisposeAsync()
    {
        await _models.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Interactions_OfAGatewayThatIsKilled_AreAllInTheLogOnceRead()
    {
        await Write("log: log");
        await KillAgainAndAgainAsync();
        var ids = RunningGateway.ReadLog(_folder.At("log")).Select(interaction => interaction.GetProperty("id").GetString()!).ToHashSet();
        Check(ids.Count, ids.Contains);
    }

    [Fact]
    public async Task Interactions_OfAGatewayThatIsKilled_AreInTheStoreOnceEach()
    {
        Assert.SkipUnless(EngineIsThere(), "The embedded engine (npm package @chdb/lib-linux-x64-gnu) is not installed.");
        await Write("store: data");
        await KillAgainAndAgainAsync();
        await using var store = await Store.InteractionStore.OpenAsync(_folder.At("data"), null, TestContext.Current.CancellationToken);
        var overview = await store.DescribeAsync(TestContext.Current.CancellationToken);
        Check((int)overview.Interactions, static _ => true);
    }

    /// <summary>
    /// Every request that reached the model server, and every one that was answered, was admitted: no fewer may be recorded.
    /// </summary>
    private void Check(int recorded, Func<string, bool> isRecorded)
    {
        Assert.True(_answered.Count > 20, $"only {_answered.Count} requests were answered");
        Assert.All(_answered.Keys, id => Assert.True(isRecorded(id), $"{id} was answered and is not recorded"));
        Assert.InRange(recorded, Math.Max(_models.Requests.Count, _answered.Count), _models.Requests.Count + ((Kills + 1) * Clients));
    }

    private async Task KillAgainAndAgainAsync()
    {
        const int Seed = 20261128;
        var random = new Random(Seed);
        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, Clients).Select(i => AskAgainAndAgainAsync(i, stop.Token)).ToList();
        for (var kill = 0; kill < Kills; kill++)
        {
            using var gateway = await StartAsync();
            await Task.Delay(random.Next(50, 700), TestContext.Current.CancellationToken);
            gateway.Kill();
            await gateway.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await stop.CancelAsync();
        await Task.WhenAll(clients);
        using var last = await StartAsync();
        using var term = Process.Start("/bin/kill", ["-TERM", last.Id.ToString(CultureInfo.InvariantCulture)]);
        await last.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(143, last.ExitCode);
        Assert.DoesNotContain(Directory.EnumerateFiles(_folder.At("spool"), "*.spool"), path => new FileInfo(path).Length > 0);
    }

    private async Task AskAgainAndAgainAsync(int client, CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{_port}") };
        http.DefaultRequestHeaders.Add("Authorization", $"Bearer {_key}");
        var stream = client % 2 == 0 ? "true" : "false";
        var body = $$"""{"model":"test-model","stream":{{stream}},"messages":[{"role":"user","content":"client {{client}}"}]}""";
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var content = new StringContent(body, Encoding.UTF8, "application/json");
                using var reply = await http.PostAsync("/v1/chat/completions", content, CancellationToken.None);
                if (reply.StatusCode is HttpStatusCode.OK)
                {
                    _answered[reply.Headers.GetValues("x-stillwatch-request-id").Single()] = true;
                }
            }
            catch (HttpRequestException)
            {
                await Task.Delay(5, CancellationToken.None);
            }
        }
    }

    private static async Task AnswerSlowlyAsync(Microsoft.AspNetCore.Http.HttpContext http, Received request)
    {
        var bytes = Encoding.UTF8.GetBytes(ModelAnswers.Of(http.Request.Path, ModelAnswers.IsStream(request.Body)));
        http.Response.ContentType = ModelAnswers.IsStream(request.Body) ? "text/event-stream" : "application/json";
        foreach (var half in new[] { bytes.AsMemory(0, bytes.Length / 2), bytes.AsMemory(bytes.Length / 2) })
        {
            await http.Response.Body.WriteAsync(half);
            await http.Response.Body.FlushAsync();
            await Task.Delay(5);
        }
    }

    private async Task<Process> StartAsync()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Stillwatch.Cli.dll"), "serve", "--config",
            _folder.At("stillwatch.yaml")])
        {
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        var said = new StringBuilder();
        while (await process.StandardError.ReadLineAsync(patience.Token) is { } line)
        {
            said.AppendLine(line);
            if (line.Contains("serving at", StringComparison.Ordinal))
            {
                _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
                return process;
            }
        }

        Assert.Fail($"the gateway ended: {said}");
        return process;
    }

    private Task Write(string target) => File.WriteAllTextAsync(
        _folder.At("stillwatch.yaml"),
        $$"""
        listeners:
          - address: 127.0.0.1:{{_port}}
        keys: keys.json
        upstreams:
          main: {url: "{{_models.Address}}"}
        models:
          - {name: test-model, upstream: main}
        observation: {spool: spool, {{target}}, drain_every: 100ms}
        """);

    private static int FreePort()
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static bool EngineIsThere()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, "node_modules", "@chdb", "lib-linux-x64-gnu")))
        {
            folder = folder.Parent;
        }

        return folder is not null || Environment.GetEnvironmentVariable("STILLWATCH_LIBCHDB") is not null;
    }
}
