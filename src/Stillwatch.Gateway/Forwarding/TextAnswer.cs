using System.Text;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Observation;

namespace Stillwatch.Gateway.Forwarding;

/// <summary>Answers an exchange with a text of the gateway's own, in the form that a model server would give it, and as fast.</summary>
/// <remarks>
/// The answer takes as long as the model's latest reply of about this length did, token by token where it streams; at once where there
/// was none yet. Who measures replies could tell it from the model's otherwise.
/// </remarks>
internal static class TextAnswer
{
    /// <summary>Answers.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="text">What is said.</param>
    /// <param name="timings">How long the model's replies take.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="OperationCanceledException">The exchange ended before its answer.</exception>
    /// <exception cref="IOException">The client is gone.</exception>
    public static async Task RunAsync(Exchange exchange, string text, ReplyTimings timings, TimeProvider time)
    {
        var (http, request) = (exchange.Http, exchange.Request);
        var counted = exchange.CountedTokens(text.Length);
        var reply = new TextReply(request.Facts, request.Id, request.ArrivedAt, text, counted);
        var timing = timings.Like(request.Facts.Model, request.Facts.Stream, counted.Output);
        RequestIds.Show(http.Response, request.Id);
        exchange.Reservation.WriteHeaders(http.Response.Headers, request.Dialect);
        if (!request.Facts.Stream)
        {
            var body = reply.Body(request.Endpoint);
            (http.Response.ContentType, http.Response.ContentLength) = ("application/json", body.Length);
            exchange.Reader.ReadBody(body);
            await WaitAsync(exchange, timing?.WholeOf(counted.Output) ?? TimeSpan.Zero, time).ConfigureAwait(false);
            await ReplyForwarder.WriteAsync(exchange, body).ConfigureAwait(false);
            return;
        }

        http.Response.ContentType = "text/event-stream; charset=utf-8";
        var due = timing?.First ?? TimeSpan.Zero;
        foreach (var (name, data, textBytes) in reply.Events(request.Endpoint))
        {
            due += (timing?.EachToken ?? TimeSpan.Zero) * (textBytes == 0 ? 0 : exchange.CountedTokens(textBytes).Output);
            await WaitAsync(exchange, due, time).ConfigureAwait(false);
            exchange.Reader.ReadEvent(Encoding.ASCII.GetBytes(name), data);
            var head = name.Length == 0 ? "data: " : $"event: {name}\ndata: ";
            await ReplyForwarder.WriteAsync(exchange, [.. Encoding.ASCII.GetBytes(head), .. data, .. "\n\n"u8]).ConfigureAwait(false);
        }
    }

    /// <summary>Waits by the time since the request arrived, so that what the gateway itself takes does not come on top.</summary>
    private static async ValueTask WaitAsync(Exchange exchange, TimeSpan due, TimeProvider time)
    {
        exchange.IsWaitingForClient = false;
        if (due - exchange.Elapsed is var left && left > TimeSpan.Zero)
        {
            exchange.Timeout.Allow(left + exchange.Upstream.Options.IdleTimeout);
            await Task.Delay(left, time, exchange.Timeout.Token).ConfigureAwait(false);
        }

        exchange.Timeout.Allow(exchange.Upstream.Options.IdleTimeout);
    }
}
