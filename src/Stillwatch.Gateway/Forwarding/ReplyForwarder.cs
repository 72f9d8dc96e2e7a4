using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Observation;

namespace Stillwatch.Gateway.Forwarding;

/// <summary>Sends the bytes of a reply on as they come, and reads them on the way.</summary>
/// <remarks>
/// Hot path. Streams go event by event, everything that one read brought in one write. Other replies go piece by piece. Bytes are
/// never changed, but where a response hides reasoning or puts noise on probabilities, or a mark chooses a draft
/// (<see cref="ReplyEditing"/>). Memory: of a
/// stream its unfinished event, of another reply as much as is read of its content, both bounded.
/// </remarks>
internal static class ReplyForwarder
{
    private const int PieceBytes = 64 << 10;
    private const string EventStreamType = "text/event-stream";

    /// <summary>Sends a reply on.</summary>
    /// <returns>Null if it reached the client whole; otherwise what ends a stream early.</returns>
    public static async Task<Refusal?> RunAsync(Exchange exchange, HttpResponseMessage reply, LimitOptions limits)
    {
        var response = exchange.Http.Response;
        response.StatusCode = (int)reply.StatusCode;
        HeaderRules.CopyReply(reply, response);
        RequestIds.Show(response, exchange.Request.Id);
        exchange.Reservation.WriteHeaders(response.Headers, exchange.Request.Dialect);
        var body = await reply.Content.ReadAsStreamAsync(exchange.Timeout.Token).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            var isEncoded = reply.Content.Headers.ContentEncoding.Count > 0;
            if (!isEncoded && IsEventStream(reply))
            {
                return await StreamAsync(exchange, body, limits.MaxEventBytes).ConfigureAwait(false);
            }

            if (exchange.Edits is { } edits && reply.IsSuccessStatusCode && (!isEncoded || edits.MustRead))
            {
                return await ReplyEditing.CopyAsync(exchange, body, isEncoded ? 0 : limits.MaxEventBytes).ConfigureAwait(false);
            }

            await CopyAsync(exchange, body, isEncoded ? 0 : limits.MaxEventBytes).ConfigureAwait(false);
            return null;
        }
    }

    /// <summary>Whether a reply is a stream of events.</summary>
    public static bool IsEventStream(HttpResponseMessage reply) =>
        reply.Content.Headers.NonValidated.TryGetValues("Content-Type", out var type)
        && type.ToString().StartsWith(EventStreamType, StringComparison.OrdinalIgnoreCase);

    private static async Task<Refusal?> StreamAsync(Exchange exchange, Stream upstream, int maxEventBytes)
    {
        using var events = new EventStream(maxEventBytes);
        using var editing = exchange.Edits is { } edits ? new ReplyEditing(edits) : null;
        while (true)
        {
            await WaitAsync(exchange, upstream, events).ConfigureAwait(false);
            var read = await upstream.ReadAsync(events.Free(), exchange.Timeout.Token).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            events.Advance(read);
            await SocketThreads.LeaveAsync(events.Held.Length).ConfigureAwait(false);
            var (whole, refusal) = TakeEvents(exchange, events, editing);
            if (editing is not null)
            {
                await editing.WriteAsync(exchange).ConfigureAwait(false);
            }
            else if (whole > 0)
            {
                await WriteAsync(exchange, events.Held[..whole]).ConfigureAwait(false);
            }

            events.Consume();
            if (refusal is not null)
            {
                return refusal;
            }

            if (events.IsTooLong)
            {
                return new(RefusalReason.UpstreamMalformed, "The model server sent an event that is longer than this gateway forwards.");
            }
        }

        // The upstream ended by itself: what it left unfinished is its last word, unless there is something to hide in it.
        if (!events.IsEmpty && editing is null)
        {
            await WriteAsync(exchange, events.Held).ConfigureAwait(false);
        }

        return null;
    }

    /// <summary>
    /// Waits until something comes, without a buffer; before the first event the client gets the reply's headers meanwhile.
    /// </summary>
    private static async ValueTask WaitAsync(Exchange exchange, Stream upstream, EventStream events)
    {
        exchange.IsWaitingForClient = false;
        exchange.Timeout.Allow(exchange.Upstream.Options.IdleTimeout);
        if (!events.IsEmpty)
        {
            return;
        }

        var something = upstream.ReadAsync(Memory<byte>.Empty, exchange.Timeout.Token);
        if (!something.IsCompleted && !exchange.Http.Response.HasStarted)
        {
            await exchange.Http.Response.BodyWriter.FlushAsync(exchange.Timeout.Token).ConfigureAwait(false);
        }

        await something.ConfigureAwait(false);
    }

    /// <summary>Reads the whole events that are held; gives how many bytes may be sent, and what ends the stream after them.</summary>
    private static (int Whole, Refusal? Refusal) TakeEvents(Exchange exchange, EventStream events, ReplyEditing? editing)
    {
        var whole = 0;
        while (events.TryTake(out var name, out var data))
        {
            exchange.Reader.ReadEvent(name, data);
            if (exchange.Reservation.Cover(exchange.Progress) is { } refusal)
            {
                exchange.HeldBack = data.ToArray();
                return (whole, refusal);
            }

            if (editing?.Take(events.Held[whole..events.EventEnd], name, data) is { } unreadable)
            {
                return (whole, unreadable);
            }

            whole = events.EventEnd;
        }

        return (whole, null);
    }

    /// <summary>Sends bytes on.</summary>
    public static ValueTask WriteAsync(Exchange exchange, ReadOnlySpan<byte> bytes)
    {
        var writer = exchange.Http.Response.BodyWriter;
        bytes.CopyTo(writer.GetSpan(bytes.Length));
        writer.Advance(bytes.Length);
        return FlushAsync(exchange);
    }

    private static async ValueTask FlushAsync(Exchange exchange)
    {
        exchange.NoteFirstByte();
        exchange.IsWaitingForClient = true;
        var flushed = await exchange.Http.Response.BodyWriter.FlushAsync(exchange.Timeout.Token).ConfigureAwait(false);
        if (flushed.IsCompleted || flushed.IsCanceled)
        {
            throw new OperationCanceledException("The client takes no more.");
        }
    }

    private static async Task CopyAsync(Exchange exchange, Stream upstream, int readBytes)
    {
        using var content = new ByteBuffer(PieceBytes);
        var isRead = readBytes > 0;
        while (true)
        {
            exchange.IsWaitingForClient = false;
            exchange.Timeout.Allow(exchange.Upstream.Options.IdleTimeout);
            var start = content.Count;
            var read = await upstream.ReadAsync(content.GetMemory(1), exchange.Timeout.Token).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            content.Advance(read);
            await WriteAsync(exchange, content.Span[start..]).ConfigureAwait(false);
            if (!isRead || content.Count > readBytes)
            {
                isRead = false;
                content.Clear();
            }
        }

        if (isRead && content.Count > 0)
        {
            await SocketThreads.LeaveAsync(content.Count).ConfigureAwait(false);
            exchange.Reader.ReadBody(content.Span);
        }
    }
}
