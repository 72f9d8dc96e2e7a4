using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Stillwatch.Gateway.Forwarding;
using Stillwatch.Gateway.Hosting;

namespace Stillwatch.Gateway.Tests.Forwarding;

/// <summary>With Nagle's algorithm on, small writes wait for acknowledgements that are themselves delayed, some 40 ms each time.</summary>
public sealed class NoDelayTests
{
    [Fact]
    public async Task Socket_ToTheUpstream_SendsSmallWritesAtOnce()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var endpoint = (IPEndPoint)listener.LocalEndpoint;
        await using var stream = (NetworkStream)await UpstreamClient.ConnectAsync(
            new DnsEndPoint("127.0.0.1", endpoint.Port), TestContext.Current.CancellationToken);
        Assert.True(stream.Socket.NoDelay);
    }

    [Fact]
    public async Task Socket_ToTheClient_SendsSmallWritesAtOnce()
    {
        using var folder = new ScratchFolder();
        var options = RunningGateway.OptionsOf(folder, new("http://127.0.0.1:1"));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => KestrelListeners.Configure(kestrel, options));
        await using var server = builder.Build();
        server.Run(http =>
        {
            var socket = http.Features.Get<IConnectionSocketFeature>()!.Socket;
            return http.Response.WriteAsync(socket.NoDelay ? "at once" : "delayed");
        });
        await server.StartAsync(TestContext.Current.CancellationToken);
        var address = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        using var client = new HttpClient();
        Assert.Equal("at once", await client.GetStringAsync(new Uri(address), TestContext.Current.CancellationToken));
    }
}
