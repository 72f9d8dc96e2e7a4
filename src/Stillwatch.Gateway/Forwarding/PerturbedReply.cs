using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Observation;
using Stillwatch.Gateway.Responses;

namespace Stillwatch.Gateway.Forwarding;

/// <summary>Sends a reply on with other values in it, as <see cref="ReplyPerturbation"/> says.</summary>
/// <remarks>Fails closed: what cannot be read is not passed on, because it may hold the values that are to be hidden.</remarks>
internal static class PerturbedReply
{
    private const int PieceBytes = 64 << 10;

    private static readonly Refusal Unreadable = new(
        RefusalReason.UpstreamMalformed, "The model server sent a reply that this gateway has to change and cannot read.");

    /// <summary>Sends on a reply that is no stream: held whole, and sent once it is changed.</summary>
    /// <returns>Null if it reached the client whole; otherwise what the client is told instead.</returns>
    public static async Task<Refusal?> CopyAsync(Exchange exchange, Stream upstream, bool isEncoded, int maxBytes)
    {
        using var content = new ByteBuffer(PieceBytes);
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
            if (isEncoded || content.Count > maxBytes)
            {
                return Unreadable;
            }
        }

        await SocketThreads.LeaveAsync(content.Count).ConfigureAwait(false);
        using var changed = new ByteBuffer(content.Count + 1);
        if (!exchange.Perturbation!.TryRewrite(content.Span, isEvent: false, changed))
        {
            return Unreadable;
        }

        exchange.Reader.ReadBody(changed.Span);
        exchange.Http.Response.ContentLength = changed.Count;
        await ReplyForwarder.WriteAsync(exchange, changed.Span).ConfigureAwait(false);
        return null;
    }

    /// <summary>Takes an event.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="whole">All bytes of the event.</param>
    /// <param name="data">Its data.</param>
    /// <param name="output">Takes all bytes of the changed event.</param>
    /// <param name="changed">The changed data, within <paramref name="output"/>.</param>
    /// <returns>Null if it was written; otherwise what ends the stream.</returns>
    public static Refusal? TakeEvent(
        Exchange exchange, ReadOnlySpan<byte> whole, ReadOnlySpan<byte> data, ByteBuffer output, out Range changed)
    {
        changed = output.Count..output.Count;
        if (ReplyPerturbation.IsHarmless(data))
        {
            output.Append(whole);
            changed = output.Count..output.Count;
            return null;
        }

        // Data of several lines is joined elsewhere; no model server sends such.
        if (!whole.Overlaps(data, out var at))
        {
            return Unreadable;
        }

        output.Append(whole[..at]);
        var start = output.Count;
        if (!exchange.Perturbation!.TryRewrite(data, isEvent: true, output))
        {
            return Unreadable;
        }

        changed = start..output.Count;
        output.Append(whole[(at + data.Length)..]);
        return null;
    }

    /// <summary>What is done about what a stream left unfinished.</summary>
    /// <returns>Null where it may be passed on; otherwise what the client is told instead.</returns>
    public static Refusal? CheckRest(Exchange exchange, ReadOnlySpan<byte> rest) =>
        exchange.Perturbation is null || ReplyPerturbation.IsHarmless(rest) ? null : Unreadable;
}
