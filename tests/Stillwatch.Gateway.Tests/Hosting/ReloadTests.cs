using System.Text;
using Microsoft.Extensions.Logging;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Hosting;
using Stillwatch.Gateway.Identity;
using Stillwatch.Gateway.Observation;

namespace Stillwatch.Gateway.Tests.Hosting;

public sealed class ReloadTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Reload_OfABadFile_KeepsTheLastGoodOneAndSaysWhy()
    {
        var path = Write("a-model");
        var lines = new LineLog();
        using var state = StateOf(path);
        var metrics = new GatewayMetrics();
        await using var controls = await ControlsOf(state);
        using var watcher = new ConfigurationWatcher(path, state, controls, metrics, new SteppedTime(default), new GatewayLog(lines));
        await File.WriteAllTextAsync(path, "models: 7\nlisteners: x", TestContext.Current.CancellationToken);
        watcher.Check(force: false);
        Assert.NotNull(state.Current.RouteOf("a-model"));
        Assert.Contains(lines.Lines, line => line.Contains("the last good one stays in use", StringComparison.Ordinal) && line
            .Contains(":1: models: it must be a list", StringComparison.Ordinal));
        Write("b-model", "127.0.0.1:9999");
        watcher.Check(force: false);
        Assert.Null(state.Current.RouteOf("a-model"));
        Assert.NotNull(state.Current.RouteOf("b-model"));
        Assert.Contains(lines.Lines, line => line.StartsWith("listeners changed", StringComparison.Ordinal));
        var text = new StringBuilder();
        metrics.Write(text);
        Assert.Contains("stillwatch_gateway_reloads_total 1\n", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("stillwatch_gateway_failed_reloads_total 1\n", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reload_AfterAKeyWasMadeOrRevoked_FollowsTheFile()
    {
        var path = Write("a-model");
        using var state = StateOf(path);
        await using var controls = await ControlsOf(state);
        using var watcher = new ConfigurationWatcher(
            path, state, controls, new(), new SteppedTime(default), new GatewayLog(new LineLog()));
        var issuer = new KeyIssuer(_folder.At("keys.json"), TimeProvider.System);
        var (key, text) = issuer.Create(new GatewayKey { Id = "", Account = "alice" });
        watcher.Check(force: false);
        Assert.Equal(KeyStatus.Accepted, state.Current.Keys.Authenticate(text, DateTimeOffset.UtcNow, out _));
        issuer.Revoke(key.Id);
        watcher.Check(force: false);
        Assert.Equal(KeyStatus.Revoked, state.Current.Keys.Authenticate(text, DateTimeOffset.UtcNow, out _));
        await File.WriteAllTextAsync(_folder.At("keys.json"), "{", TestContext.Current.CancellationToken);
        watcher.Check(force: true);
        Assert.Single(state.Current.Keys.Keys);
    }

    [Fact]
    public async Task Reload_WithAnUpstreamUnchanged_KeepsItsConnections()
    {
        var path = Write("a-model");
        using var state = StateOf(path);
        await using var controls = await ControlsOf(state);
        using var watcher = new ConfigurationWatcher(
            path, state, controls, new(), new SteppedTime(default), new GatewayLog(new LineLog()));
        var before = state.Current;
        watcher.Check(force: true);
        Assert.NotSame(before, state.Current);
        Assert.Same(before.Upstreams["main"], state.Current.Upstreams["main"]);
    }

    private static GatewayState StateOf(string path) => new(GatewaySnapshot.Create(ConfigurationFile.Read(path).Options!, null));

    private static Task<GatewayControls> ControlsOf(GatewayState state) =>
        GatewayControls.StartAsync(state.Current.Options, new(), new GatewayLog(new LineLog()), TestContext.Current.CancellationToken);

    private string Write(string model, string listen = "127.0.0.1:0")
    {
        var path = _folder.At("stillwatch.yaml");
        File.WriteAllText(path, $$"""
            listeners:
              - address: {{listen}}
            keys: keys.json
            upstreams:
              main: {url: "http://127.0.0.1:8000"}
            models:
              - {name: {{model}}, upstream: main}
            observation: {spool: spool, log: log}
            """);
        return path;
    }

    private sealed class LineLog : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?,
            string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
