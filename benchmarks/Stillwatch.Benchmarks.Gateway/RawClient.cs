using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Stillwatch.Benchmarks.Gateway;

/// <summary>One keep-alive connection that asks and reads with as little of its own as possible.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _request;
    private readonly byte[] _buffer = new byte[64 << 10];

    public RawClient(int port, string key, string body)
    {
        _socket.Connect(IPAddress.Loopback, port);
        _request = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"POST /v1/chat/completions HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {key}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
    }

    /// <summary>One request and its whole reply, which has a length.</summary>
    public void Ask()
    {
        _socket.Send(_request);
        var filled = 0;
        var total = int.MaxValue;
        while (filled < total)
        {
            var read = _socket.Receive(_buffer.AsSpan(filled));
            filled += read > 0 ? read : throw new IOException("the connection ended");
            total = total == int.MaxValue ? TotalOf(_buffer.AsSpan(0, filled)) : total;
        }
    }

    /// <summary>One request; tells of every piece of its reply until the stream ends.</summary>
    public void Stream(Action<ReadOnlySpan<byte>> take)
    {
        _socket.Send(_request);
        while (true)
        {
            var read = _socket.Receive(_buffer);
            take(_buffer.AsSpan(0, read > 0 ? read : throw new IOException("the connection ended")));
            if (_buffer.AsSpan(0, read).EndsWith("0\r\n\r\n"u8))
            {
                return;
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private static int TotalOf(ReadOnlySpan<byte> reply)
    {
        var end = reply.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return int.MaxValue;
        }

        var head = Encoding.ASCII.GetString(reply[..end]);
        if (!head.StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
        {
            throw new IOException(head);
        }

        var at = head.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase) + 16;
        var line = head[at..].Split('\r')[0];
        return end + 4 + int.Parse(line, CultureInfo.InvariantCulture);
    }
}
