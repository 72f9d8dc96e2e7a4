using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Stillwatch.Evidence.Sharing.Hosting;

/// <summary>A running server on Kestrel with bounds on bodies, headers, connections and times. It logs nothing of what it serves.</summary>
public sealed class SharingHost : IAsyncDisposable
{
    /// <summary>Connections at once.</summary>
    public const int MaxConnections = 100;

    private static readonly TimeSpan HeaderTimeout = TimeSpan.FromSeconds(15);

    private readonly WebApplication _application;

    private SharingHost(WebApplication application, Uri address) => (_application, Address) = (application, address);

    /// <summary>Where it is served.</summary>
    public Uri Address { get; }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    /// <summary>Completes when the server has been stopped.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(stopped.SetResult);
        await stopped.Task.ConfigureAwait(false);
        await _application.StopAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Starts a server.</summary>
    /// <param name="listen">Where.</param>
    /// <param name="maxBodyBytes">The longest request.</param>
    /// <param name="map">Adds what is served.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    internal static async Task<SharingHost> StartAsync(
        ListenAddress listen, long maxBodyBytes, Action<WebApplication> map, CancellationToken cancellationToken)
    {
        listen.Check();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, listen, maxBodyBytes));
        var application = builder.Build();
        map(application);
        await application.StartAsync(cancellationToken).ConfigureAwait(false);
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new SharingHost(application, new Uri(addresses.First()));
    }

    private static void Configure(KestrelServerOptions kestrel, ListenAddress listen, long maxBodyBytes)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        kestrel.Limits.MaxRequestBodySize = maxBodyBytes;
        kestrel.Limits.RequestHeadersTimeout = HeaderTimeout;
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(1);
        kestrel.Listen(listen.EndPoint, endpoint =>
        {
            endpoint.Protocols = HttpProtocols.Http1;
            if (listen.Certificate is { } certificate)
            {
                endpoint.UseHttps(certificate);
            }
        });
    }
}
