using System.Text;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Observation;

namespace Stillwatch.Gateway.Forwarding;

/// <summary>Answers an exchange with a text of the gateway's own, in the form that a model server would give it.</summary>
internal static class TextAnswer
{
    /// <summary>Answers; never throws.</summary>
    public static async Task<(ExchangeOutcome Outcome, Exception? Failure)> RunAsync(Exchange exchange, string text)
    {
        var (http, request) = (exchange.Http, exchange.Request);
        var reply = new TextReply(request.Facts, request.Id, request.ArrivedAt, text, exchange.CountedTokens(text.Length));
        try
        {
            RequestIds.Show(http.Response, request.Id);
            exchange.Reservation.WriteHeaders(http.Response.Headers, request.Dialect);
            if (request.Facts.Stream)
            {
                http.Response.ContentType = "text/event-stream; charset=utf-8";
                foreach (var (name, data) in reply.Events(request.Endpoint))
                {
                    exchange.Reader.ReadEvent(Encoding.ASCII.GetBytes(name), data);
                    var head = name.Length == 0 ? "data: " : $"event: {name}\ndata: ";
                    await ReplyForwarder.WriteAsync(exchange, [.. Encoding.ASCII.GetBytes(head), .. data, .. "\n\n"u8])
                        .ConfigureAwait(false);
                }
            }
            else
            {
                var body = reply.Body(request.Endpoint);
                (http.Response.ContentType, http.Response.ContentLength) = ("application/json", body.Length);
                exchange.Reader.ReadBody(body);
                await ReplyForwarder.WriteAsync(exchange, body).ConfigureAwait(false);
            }

            return (ExchangeOutcome.Completed, null);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or InvalidOperationException)
        {
            http.Abort();
            return (ExchangeOutcome.ClientGone, null);
        }
    }
}
