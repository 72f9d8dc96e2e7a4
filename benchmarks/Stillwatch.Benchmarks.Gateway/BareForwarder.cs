using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Stillwatch.Gateway.Forwarding;

namespace Stillwatch.Benchmarks.Gateway;

/// <summary>What forwarding costs on Kestrel and SocketsHttpHandler when nothing is decided, read or recorded.</summary>
internal static class BareForwarder
{
    public static async Task<int> RunAsync(int port, Uri upstream)
    {
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            MaxConnectionsPerServer = 4096,
        });
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        SocketThreads.UseForAllSockets();
        builder.WebHost.UseKestrelCore().UseSockets(SocketThreads.Configure).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        await using var server = builder.Build();
        server.Run(http => ForwardAsync(http, invoker, upstream));
        await server.RunAsync();
        return 0;
    }

    private static async Task ForwardAsync(HttpContext http, HttpMessageInvoker invoker, Uri upstream)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(http.Request.Method), new Uri(upstream, http.Request.Path.Value));
        if (http.Request.ContentLength is > 0)
        {
            request.Content = new StreamContent(http.Request.Body);
            request.Content.Headers.ContentLength = http.Request.ContentLength;
            request.Content.Headers.TryAddWithoutValidation("Content-Type", http.Request.ContentType);
        }

        using var reply = await invoker.SendAsync(request, http.RequestAborted);
        http.Response.StatusCode = (int)reply.StatusCode;
        http.Response.ContentLength = reply.Content.Headers.ContentLength;
        http.Response.ContentType = reply.Content.Headers.ContentType?.ToString();
        await using var body = await reply.Content.ReadAsStreamAsync(http.RequestAborted);
        var writer = http.Response.BodyWriter;
        while (true)
        {
            var read = await body.ReadAsync(writer.GetMemory(4096), http.RequestAborted);
            if (read == 0)
            {
                return;
            }

            writer.Advance(read);
            await writer.FlushAsync(http.RequestAborted);
        }
    }
}
