using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Forwarding;
using Stillwatch.Gateway.Observation;
using Stillwatch.Gateway.Responses;
using Stillwatch.Gateway.Telemetry;

namespace Stillwatch.Gateway.Hosting;

/// <summary>A running gateway.</summary>
public sealed class GatewayHost : IAsyncDisposable
{
    private static readonly TimeSpan DrainPoll = TimeSpan.FromMilliseconds(20);

    private readonly GatewayState _state;
    private readonly GatewayControls _controls;
    private readonly InteractionRecorder _recorder;
    private readonly GatewayMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly GatewayLog _log;
    private readonly List<WebApplication> _servers = [];
    private readonly RequestTelemetry _telemetry;
    private readonly TelemetryExport? _export;
    private ConfigurationWatcher? _watcher;

    private GatewayHost(GatewayState state, GatewayControls controls, InteractionRecorder recorder, TimeProvider time, GatewayLog log)
    {
        (_state, _controls, _recorder, _time, _log) = (state, controls, recorder, time, log);
        _metrics = new();
        _telemetry = new(() => _metrics.InProgress);
        _export = state.Current.Options.Telemetry is { } telemetry ? new(telemetry) : null;
    }

    /// <summary>Where clients connect.</summary>
    public IReadOnlyList<Uri> Addresses { get; private set; } = [];

    /// <summary>Where metrics and health are; null where they are not served.</summary>
    public Uri? AdminAddress { get; private set; }

    /// <summary>What it did so far.</summary>
    public GatewayMetrics Metrics => _metrics;

    /// <summary>The graduated responses that have not ended.</summary>
    public IReadOnlyList<ResponseRule> Responses => _controls.Responses?.Active ?? [];

    /// <summary>Where its interactions are.</summary>
    public InteractionRecorder Recorder => _recorder;

    /// <summary>Starts a gateway.</summary>
    /// <param name="options">Its configuration.</param>
    /// <param name="parts">What it decides and reserves by, and where it logs.</param>
    /// <param name="configurationPath">The file to read again when it changes; null to leave the configuration as it is.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="InvalidDataException">A certificate, or the keys, cannot be used.</exception>
    /// <exception cref="IOException">An address is taken, or the spool is in use.</exception>
    /// <exception cref="Stillwatch.Store.Engine.StoreUnavailableException">The store cannot be opened.</exception>
    public static async Task<GatewayHost> StartAsync(
        GatewayOptions options, GatewayParts parts, string? configurationPath, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(parts);
        var log = new GatewayLog(parts.Logs.CreateLogger("Stillwatch.Gateway"));
        var state = new GatewayState(GatewaySnapshot.Create(options, null));
        var controls = await GatewayControls.StartAsync(options, parts, log, cancellationToken).ConfigureAwait(false);
        var host = await RecordingAsync(options, state, controls, parts, log, cancellationToken).ConfigureAwait(false);
        try
        {
            await host.ServeAsync(options, parts, cancellationToken).ConfigureAwait(false);
            host._watcher = configurationPath is null
                ? null
                : new(configurationPath, state, controls, host._metrics, parts.Time, log);
            return host;
        }
        catch
        {
            await host.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Stops: admits nothing more, lets what is in progress end for as long as configured, ends the rest with an error that its client
    /// understands, and hands all interactions over.
    /// </summary>
    public async Task StopAsync()
    {
        var limit = _state.Current.Options.Limits.DrainTimeout;
        _state.BeginStop();
        _log.Stopping(_metrics.InProgress, limit);
        var began = _time.GetTimestamp();
        while (_metrics.InProgress > 0 && _time.GetElapsedTime(began) < limit)
        {
            await Task.Delay(DrainPoll, _time).ConfigureAwait(false);
        }

        await _state.EndAsync().ConfigureAwait(false);
        foreach (var server in _servers)
        {
            await server.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }

        _log.Stopped();
    }

    /// <summary>Reads the configuration again, as SIGHUP does; without a file of it nothing happens.</summary>
    public void Reload() => _watcher?.Check(force: true);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _watcher?.Dispose();
        foreach (var server in _servers)
        {
            await server.DisposeAsync().ConfigureAwait(false);
        }

        _export?.Dispose();
        _telemetry.Dispose();
        await _recorder.DisposeAsync().ConfigureAwait(false);
        await _controls.DisposeAsync().ConfigureAwait(false);
        foreach (var upstream in _state.Current.Upstreams.Values)
        {
            upstream.Dispose();
        }

        _state.Dispose();
    }

    private static async Task<GatewayHost> RecordingAsync(
        GatewayOptions options,
        GatewayState state,
        GatewayControls controls,
        GatewayParts parts,
        GatewayLog log,
        CancellationToken cancellationToken)
    {
        try
        {
            var recorder = await InteractionRecorder.StartAsync(options, parts.Time, log, cancellationToken).ConfigureAwait(false);
            return new(state, controls, recorder, parts.Time, log);
        }
        catch
        {
            await controls.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task ServeAsync(GatewayOptions options, GatewayParts parts, CancellationToken cancellationToken)
    {
        var pipeline = new RequestPipeline(_state, _controls, _recorder, _metrics, _telemetry, parts.Policy, parts.Time, _log);
        var gateway = Build(parts, kestrel => KestrelListeners.Configure(kestrel, options), SocketThreads.Configure);
        gateway.Run(pipeline.HandleAsync);
        Addresses = await StartAsync(gateway, cancellationToken).ConfigureAwait(false);
        if (options.Admin is { } address)
        {
            var admin = Build(
                parts,
                kestrel =>
                {
                    kestrel.AddServerHeader = false;
                    kestrel.Listen(address);
                },
                static _ => { });
            admin.Run(new AdminPages(_state, _controls, _recorder, _metrics).HandleAsync);
            AdminAddress = (await StartAsync(admin, cancellationToken).ConfigureAwait(false))[0];
        }

        _log.Listening(string.Join(", ", Addresses), AdminAddress?.ToString() ?? "nowhere");
    }

    private static WebApplication Build(
        GatewayParts parts, Action<KestrelServerOptions> configure, Action<SocketTransportOptions> transport)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(parts.Logs);
        builder.WebHost.UseKestrelCore().UseSockets(transport).UseKestrelHttpsConfiguration().ConfigureKestrel(configure);
        return builder.Build();
    }

    private async Task<IReadOnlyList<Uri>> StartAsync(WebApplication server, CancellationToken cancellationToken)
    {
        _servers.Add(server);
        await server.StartAsync(cancellationToken).ConfigureAwait(false);
        var addresses = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return [.. addresses.Select(static address => new Uri(address))];
    }
}
