using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Stillwatch.Benchmarks.Gateway;

/// <summary>
/// A model server that streams: a first event and 64 more at a pace, or as many in all as <c>seed</c> says, each saying when it was sent
/// by the machine's monotonic clock.
/// Who does not ask for a stream gets a short reply.
/// </summary>
internal static class StreamServer
{
    public const int Events = 65;

    public static async Task<int> RunAsync(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        await using var server = builder.Build();
        server.Run(AnswerAsync);
        await server.RunAsync();
        return 0;
    }

    private static async Task AnswerAsync(HttpContext http)
    {
        using var request = await JsonDocument.ParseAsync(http.Request.Body, default, http.RequestAborted);
        var pace = request.RootElement.TryGetProperty("max_tokens", out var milliseconds) ? milliseconds.GetInt32() : 0;
        if (!request.RootElement.TryGetProperty("stream", out var stream) || !stream.GetBoolean())
        {
            http.Response.ContentType = "application/json";
            await http.Response.Body.WriteAsync(Encoding.ASCII.GetBytes(Rig.Reply), http.RequestAborted);
            return;
        }

        http.Response.ContentType = "text/event-stream";
        var events = request.RootElement.TryGetProperty("seed", out var count) ? count.GetInt32() : Events;
        for (var i = 0; i < events; i++)
        {
            var line = string.Create(
                CultureInfo.InvariantCulture,
                $"data: {{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1760000000,\"model\":\"test-model\","
                + $"\"sent\":{Stopwatch.GetTimestamp()},"
                + $"\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\" word\"}},\"finish_reason\":null}}]}}\n\n");
            await http.Response.Body.WriteAsync(Encoding.ASCII.GetBytes(line), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            if (pace > 0)
            {
                await Task.Delay(pace, http.RequestAborted);
            }
        }

        await http.Response.Body.WriteAsync("data: [DONE]\n\n"u8.ToArray(), http.RequestAborted);
    }
}
