using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Stillwatch.Gateway.Tests;

/// <summary>A model server on a real socket, whose answers a test decides.</summary>
internal sealed class ModelServer : IAsyncDisposable
{
    private readonly WebApplication _server;

    private ModelServer(WebApplication server) => _server = server;

    /// <summary>Where it is.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>What it received, in order.</summary>
    public ConcurrentQueue<Received> Requests { get; } = [];

    /// <summary>How it answers; by default as <see cref="ModelAnswers"/> does.</summary>
    public Func<HttpContext, Received, Task> Answer { get; set; } = ModelAnswers.AnswerAsync;

    public static async Task<ModelServer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        var server = new ModelServer(builder.Build());
        server._server.Run(server.HandleAsync);
        await server._server.StartAsync();
        server.Address = new(server._server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .First());
        return server;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task HandleAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var headers = http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(),
            StringComparer.OrdinalIgnoreCase);
        var received = new Received(http.Request.Method, $"{http.Request.Path}{http.Request.QueryString}", headers, body.ToArray());
        Requests.Enqueue(received);
        await Answer(http, received);
    }
}
