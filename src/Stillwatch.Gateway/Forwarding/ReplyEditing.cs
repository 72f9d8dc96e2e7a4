using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Observation;
using Stillwatch.Gateway.Responses;

namespace Stillwatch.Gateway.Forwarding;

/// <summary>Sends a reply on as <see cref="ReplyEdits"/> changes it. What does not change goes as it came, byte for byte.</summary>
internal sealed class ReplyEditing(ReplyEdits edits) : IDisposable
{
    private const int PieceBytes = 64 << 10;

    private static readonly Refusal Unreadable = new(
        RefusalReason.UpstreamMalformed, "The model server sent a reply that this gateway has to change and cannot read.");

    private readonly ByteBuffer _output = new();

    /// <summary>Takes an event.</summary>
    /// <param name="bytes">As it came.</param>
    /// <param name="name">Its name.</param>
    /// <param name="data">Its data.</param>
    /// <returns>Null to go on; otherwise what ends the stream.</returns>
    public Refusal? Take(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        switch (edits.Edit(data, isEvent: true, out var edited))
        {
            case ReplyEditOutcome.Kept:
                _output.Append(bytes);
                return null;
            case ReplyEditOutcome.Unreadable:
                return Unreadable;
            case ReplyEditOutcome.Changed when bytes.Overlaps(data, out var at):
                _output.Append(bytes[..at]);
                _output.Append(edited);
                _output.Append(bytes[(at + data.Length)..]);
                return null;
            case ReplyEditOutcome.Changed:
                WriteLines(name, edited);
                return null;
            default:
                return null;
        }
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

    /// <summary>
    /// Sends another reply on once it is whole. One that is longer than is read, or coded, goes as it is, unless that would give
    /// probabilities or drafts away.
    /// </summary>
    /// <returns>Null if it reached the client; otherwise what the client is told instead.</returns>
    public static async Task<Refusal?> CopyAsync(Exchange exchange, Stream upstream, int readBytes)
    {
        var edits = exchange.Edits!;
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
                if (edits.MustRead)
                {
                    return Unreadable;
                }

                isRead = false;
                await ReplyForwarder.WriteAsync(exchange, content.Span).ConfigureAwait(false);
                content.Clear();
            }
        }

        if (!isRead || content.Count == 0)
        {
            return null;
        }

        await SocketThreads.LeaveAsync(content.Count).ConfigureAwait(false);
        if (!edits.TryChoose(content.Span, out var chosen))
        {
            return Unreadable;
        }

        exchange.Reader.ReadBody(chosen ?? content.Span);
        if (edits.Edit(chosen ?? content.Span, isEvent: false, out var edited) is ReplyEditOutcome.Unreadable)
        {
            return Unreadable;
        }

        edited ??= chosen;
        exchange.Http.Response.ContentLength = edited?.Length ?? content.Count;
        await ReplyForwarder.WriteAsync(exchange, edited ?? content.Span).ConfigureAwait(false);
        return null;
    }

    /// <summary>Writes the events that end a stream which the reservation does not cover further, changed as all are.</summary>
    /// <returns>False where it has not come far enough for that, or where they cannot be changed; nothing is written then.</returns>
    public static bool TryWriteEnd(Exchange exchange)
    {
        var output = exchange.Http.Response.BodyWriter;
        if (exchange.Edits is not { } edits)
        {
            return exchange.TryWriteEnd(output);
        }

        using var end = new ByteBuffer();
        if (!exchange.TryWriteEnd(end))
        {
            return false;
        }

        using var events = new EventStream(int.MaxValue);
        using var editing = new ReplyEditing(edits);
        for (var rest = end.Span; !rest.IsEmpty;)
        {
            var free = events.Free().Span;
            var length = Math.Min(free.Length, rest.Length);
            rest[..length].CopyTo(free);
            events.Advance(length);
            rest = rest[length..];
        }

        for (var start = 0; events.TryTake(out var name, out var data); start = events.EventEnd)
        {
            if (editing.Take(events.Held[start..events.EventEnd], name, data) is not null)
            {
                return false;
            }
        }

        editing._output.Span.CopyTo(output.GetSpan(editing._output.Count));
        output.Advance(editing._output.Count);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _output.Dispose();

    /// <summary>Joined lines of data are parted again: a line feed may stand between any two values of JSON.</summary>
    private void WriteLines(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        if (!name.IsEmpty)
        {
            _output.Append("event: "u8);
            _output.Append(name);
            _output.Append("\n"u8);
        }

        for (var rest = data; ;)
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
}
