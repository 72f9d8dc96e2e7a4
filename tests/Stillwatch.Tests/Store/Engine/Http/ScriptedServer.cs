using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Stillwatch.Tests.Store.Engine.Http;

/// <summary>
/// A server on loopback that answers each request with bytes of the test's choice and then closes the connection: for answers that a real
/// ClickHouse gives only when it breaks.
/// </summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly Func<string, byte[]?> _answer;

    /// <param name="answer">Given the request (head and body), the whole answer; null for none, ever.</param>
    internal ScriptedServer(Func<string, byte[]?> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Whether connections stay open after an answer, so that one that is not whole hangs.</summary>
    internal bool StaysOpen { get; set; }

    internal string Address => $"http://127.0.0.1:{Port}";

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>All requests so far.</summary>
    internal ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Answers the questions with which a connection is opened as 18.16.1 would, and all others as the test says.</summary>
    internal static ScriptedServer OfClickHouse(Func<string, byte[]?> others) => new(request =>
        request.EndsWith("SELECT version()", StringComparison.Ordinal) ? Whole([7, .. "18.16.1"u8])
        : request.EndsWith("SELECT name FROM system.settings", StringComparison.Ordinal) ? Whole([11, .. "max_threads"u8])
        : request.Contains("FROM system.databases", StringComparison.Ordinal) ? Whole([1, 0, 0, 0, 0, 0, 0, 0])
        : others(request));

    /// <summary>200 with this body.</summary>
    internal static byte[] Whole(byte[] body) =>
        [.. Text($"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];

    /// <summary>200 in chunks, which breaks off after the first.</summary>
    internal static byte[] Broken(byte[] chunk) =>
        [.. Text($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{chunk.Length:x}\r\n"), .. chunk, .. "\r\n"u8];

    internal static byte[] Text(string answer) => Encoding.UTF8.GetBytes(answer);

    public void Dispose()
    {
        _over.Cancel();
        _listener.Dispose();
        _over.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_over.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            var request = await RequestAsync(stream);
            Requests.Enqueue(request);
            var answer = _answer(request);
            if (answer is not null)
            {
                await stream.WriteAsync(answer, _over.Token);
            }

            if (answer is not null && !StaysOpen)
            {
                client.Client.Shutdown(SocketShutdown.Both);
                return;
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, _over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<string> RequestAsync(NetworkStream stream)
    {
        var bytes = new byte[1 << 16];
        var length = 0;
        while (true)
        {
            var read = await stream.ReadAsync(bytes.AsMemory(length), _over.Token);
            length += read;
            var request = Encoding.UTF8.GetString(bytes, 0, length);
            var head = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (read == 0 || (head >= 0 && length >= head + 4 + BodyLength(request[..head])))
            {
                return request;
            }
        }
    }

    private static int BodyLength(string head)
    {
        var line = head.Split("\r\n").FirstOrDefault(static line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return line is null ? 0 : int.Parse(line.AsSpan("Content-Length:".Length), CultureInfo.InvariantCulture);
    }
}
