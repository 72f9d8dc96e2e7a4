using Stillwatch.Gateway.Observation;
using Stillwatch.Gateway.Responses;

namespace Stillwatch.Gateway.Forwarding;

/// <summary>Sends a reply on without the reasoning in it. Events that hold none go as they came, byte for byte.</summary>
internal sealed class ReplyEditing(ReasoningRemoval hides) : IDisposable
{
    private const int PieceBytes = 64 << 10;

    private readonly ByteBuffer _output = new();

    /// <summary>Takes an event.</summary>
    /// <param name="bytes">As it came.</param>
    /// <param name="name">Its name.</param>
    /// <param name="data">Its data.</param>
    public void Take(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        if (!hides.TryEdit(data, out var edited))
        {
            return;
        }

        if (edited is null)
        {
            _output.Append(bytes);
            return;
        }

        if (!name.IsEmpty)
        {
            _output.Append("event: "u8);
            _output.Append(name);
            _output.Append("\n"u8);
        }

        // Joined lines of data are parted again: a line feed may stand between any two values of JSON.
        for (var rest = edited.AsSpan(); ;)
        {
            var end = rest.IndexOf((byte)'\n');
            _output.Append("data: "u8);
            _output.Append(end < 0 ? rest : rest[..end]);
            _output.Append("\n"u8);
            if (end < 0)
            {
                break;
            }

            rest = rest[(end + 1)..];
        }

        _output.Append("\n"u8);
    }

    /// <summary>Sends on what was taken, if anything was left of it.</summary>
    public async ValueTask WriteAsync(Exchange exchange)
    {
        if (_output.Count > 0)
        {
            await ReplyForwarder.WriteAsync(exchange, _output.Span).ConfigureAwait(false);
            _output.Clear();
        }
    }

    /// <summary>Sends another reply on once it is whole; one that is longer than is read goes as it is.</summary>
    public static async Task CopyAsync(Exchange exchange, Stream upstream, int readBytes)
    {
        using var content = new ByteBuffer(PieceBytes);
        var isRead = true;
        while (true)
        {
            exchange.IsWaitingForClient = false;
            exchange.Timeout.Allow(exchange.Upstream.Options.IdleTimeout);
            var read = await upstream.ReadAsync(content.GetMemory(1), exchange.Timeout.Token).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            content.Advance(read);
            if (!isRead || content.Count > readBytes)
            {
                isRead = false;
                await ReplyForwarder.WriteAsync(exchange, content.Span).ConfigureAwait(false);
                content.Clear();
            }
        }

        if (!isRead || content.Count == 0)
        {
            return;
        }

        exchange.Reader.ReadBody(content.Span);
        _ = exchange.Hides!.TryEdit(content.Span, out var edited);
        exchange.Http.Response.ContentLength = edited?.Length ?? content.Count;
        await ReplyForwarder.WriteAsync(exchange, edited ?? content.Span).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _output.Dispose();
}
