using System.Net;
using System.Text;
using System.Text.Json;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Hosting;
using Stillwatch.Gateway.Identity;
using Stillwatch.Interactions;

namespace Stillwatch.Gateway.Tests;

/// <summary>A gateway in front of a model server, both on real sockets, with one key; interactions go to logs.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    public const string Account = "alice";
    public const string Model = "test-model";

    private readonly ScratchFolder _folder;
    private GatewayHost? _host;

    private RunningGateway(ScratchFolder folder, ModelServer models, GatewayOptions options, string key) =>
        (_folder, Models, Options, Key) = (folder, models, options, key);

    public ModelServer Models { get; }

    public GatewayOptions Options { get; }

    public string Key { get; }

    public GatewayHost Host => _host!;

    public HttpClient Client { get; } = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromMinutes(1) };

    public static async Task<RunningGateway> StartAsync(
        Func<GatewayOptions, GatewayOptions>? change = null, GatewayParts? parts = null, Func<GatewayKey, GatewayKey>? key = null)
    {
        var folder = new ScratchFolder();
        var models = await ModelServer.StartAsync();
        var options = OptionsOf(folder, models.Address);
        options = change is null ? options : change(options);
        var made = new GatewayKey { Id = "", Account = Account, Organization = "wonderland", Tier = "standard" };
        var (_, text) = new KeyIssuer(options.KeysFile, TimeProvider.System).Create(key is null ? made : key(made));
        var gateway = new RunningGateway(folder, models, options, text);
        gateway._host = await GatewayHost.StartAsync(options, parts ?? new(), null, TestContext.Current.CancellationToken);
        gateway.Client.BaseAddress = gateway._host.Addresses[0];
        gateway.Client.DefaultRequestHeaders.Add("Authorization", $"Bearer {text}");
        gateway.Client.DefaultRequestHeaders.Add("User-Agent", "test/1.0");
        return gateway;
    }

    public static GatewayOptions OptionsOf(ScratchFolder folder, Uri upstream) => new()
    {
        Listeners = [new(new IPEndPoint(IPAddress.Loopback, 0), null, null)],
        Admin = new IPEndPoint(IPAddress.Loopback, 0),
        KeysFile = folder.At("keys.json"),
        Upstreams = new Dictionary<string, UpstreamOptions> { ["main"] = new() { Name = "main", Url = upstream } },
        Models = [new(Model, "main", "us"), new("other-*", "main", "us")],
        Observation = new()
        {
            Spool = folder.At("spool"),
            Log = folder.At("log"),
            Content = ContentPolicy.All(ContentTreatment.Full),
            DrainEvery = TimeSpan.FromMilliseconds(50),
        },
    };

    /// <summary>Posts a body as it is.</summary>
    public Task<HttpResponseMessage> PostAsync(
        string path, string body, HttpCompletionOption until = HttpCompletionOption.ResponseContentRead) =>
        PostUntilAsync(path, body, until, TestContext.Current.CancellationToken);

    /// <summary>Posts a body as it is, and goes away at some time.</summary>
    public Task<HttpResponseMessage> PostUntilAsync(string path, string body, HttpCompletionOption until, CancellationToken gone)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        return Client.SendAsync(request, until, gone);
    }

    /// <summary>Stops the gateway and reads all interactions it recorded.</summary>
    public async Task<IReadOnlyList<JsonElement>> InteractionsAsync()
    {
        await StopAsync();
        return ReadLog(_folder.At("log"));
    }

    public static IReadOnlyList<JsonElement> ReadLog(string directory) => !Directory.Exists(directory)
        ? []
        :
        [
            .. Directory.EnumerateFiles(directory, "*.jsonl").Order(StringComparer.Ordinal).SelectMany(File.ReadLines)
                .Select(line => JsonDocument.Parse(line).RootElement),
        ];

    public async Task StopAsync()
    {
        if (_host is { } host)
        {
            await host.StopAsync();
            await host.DisposeAsync();
            _host = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Client.Dispose();
        await Models.DisposeAsync();
        _folder.Dispose();
    }
}
