using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Stillwatch.Gateway.Hosting;

namespace Stillwatch.Gateway.Tests.Hosting;

/// <summary>A connection that sends bad keys waits for its refusals; nobody else does.</summary>
public sealed class RefusalHoldTests
{
    private const string Ask = """{"model":"test-model","messages":[{"role":"user","content":"Hi"}]}""";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Refusals_OfOneConnection_AreHeldFromTheFifthOn()
    {
        var hold = TimeSpan.FromMilliseconds(400);
        await using var gateway = await StartAsync(hold);
        using var connection = new Connection(gateway);
        for (var i = 0; i < RefusalHold.FreeRefusals; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await connection.AskAsync("wrong"));
        }

        for (var i = 0; i < 2; i++)
        {
            var began = Stopwatch.GetTimestamp();
            Assert.Equal(HttpStatusCode.Unauthorized, await connection.AskAsync("wrong"));
            Assert.True(Stopwatch.GetElapsedTime(began) > hold * 0.45);
        }
    }

    [Fact]
    public async Task GoodKeys_AreNeverHeld_NotEvenOnTheSameConnection()
    {
        await using var gateway = await StartAsync(Longest);
        using var connection = new Connection(gateway);
        for (var i = 0; i < RefusalHold.FreeRefusals; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await connection.AskAsync("wrong"));
        }

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await connection.AskAsync(gateway.Key));
        }

        var held = connection.AskAsync("wrong");
        using var beside = await gateway.PostAsync("/v1/chat/completions", Ask);
        Assert.Equal(HttpStatusCode.OK, beside.StatusCode);
        Assert.False(held.IsCompleted);
    }

    [Fact]
    public async Task Hold_EndsWhenTheGatewayStops()
    {
        await using var gateway = await StartAsync(Longest);
        using var connection = new Connection(gateway);
        for (var i = 0; i < RefusalHold.FreeRefusals; i++)
        {
            await connection.AskAsync("wrong");
        }

        var held = connection.AskAsync("wrong");
        await Task.Delay(100, TestContext.Current.CancellationToken);
        var began = Stopwatch.GetTimestamp();
        await gateway.Host.StopAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await held);
        Assert.True(Stopwatch.GetElapsedTime(began) < Longest / 2);
    }

    [Fact]
    public async Task Hold_OfNone_LetsEveryRefusalGo()
    {
        await using var gateway = await StartAsync(TimeSpan.Zero);
        using var connection = new Connection(gateway);
        for (var i = 0; i < 200; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await connection.AskAsync("wrong"));
        }
    }

    private static Task<RunningGateway> StartAsync(TimeSpan hold) =>
        RunningGateway.StartAsync(options => options with { Limits = options.Limits with { BadKeyHold = hold } });

    /// <summary>One connection, and no other in its place.</summary>
    private sealed class Connection : IDisposable
    {
        private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        private readonly byte[] _buffer = new byte[64 << 10];

        public Connection(RunningGateway gateway) => _socket.Connect(IPAddress.Loopback, gateway.Host.Addresses[0].Port);

        public async Task<HttpStatusCode> AskAsync(string key)
        {
            await _socket.SendAsync(Encoding.ASCII.GetBytes(
                $"POST /v1/chat/completions HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer {key}\r\n"
                + $"Content-Type: application/json\r\nContent-Length: {Ask.Length}\r\n\r\n{Ask}"));
            var filled = 0;
            while (true)
            {
                var read = await _socket.ReceiveAsync(_buffer.AsMemory(filled));
                filled += read > 0 ? read : throw new IOException("the connection ended");
                var text = Encoding.UTF8.GetString(_buffer, 0, filled);
                if (IsWhole(text))
                {
                    return (HttpStatusCode)int.Parse(text.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);
                }
            }
        }

        public void Dispose() => _socket.Dispose();

        private static bool IsWhole(string reply)
        {
            var head = reply.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (head < 0)
            {
                return false;
            }

            const string Length = "Content-Length: ";
            var at = reply.IndexOf(Length, StringComparison.OrdinalIgnoreCase);
            return at < 0
                ? reply.EndsWith("0\r\n\r\n", StringComparison.Ordinal)
                : reply.Length >= head + 4 + int.Parse(
                    reply[(at + Length.Length)..].Split('\r')[0], System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
