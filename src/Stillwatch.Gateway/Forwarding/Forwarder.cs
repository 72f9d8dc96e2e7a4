using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Observation;

namespace Stillwatch.Gateway.Forwarding;

/// <summary>
/// Takes an admitted request to its upstream and the reply back, and turns every failure into what the client understands.
/// </summary>
/// <remarks>
/// Before the reply has begun, a failure is an error of the dialect; within a stream it is the dialect's error event; within another
/// reply nothing can be said any more, and the connection is broken off so that the client sees that it is incomplete.
/// </remarks>
internal static class Forwarder
{
    /// <summary>Runs an exchange to its end. Never throws.</summary>
    /// <returns>How it ended; and what the gateway's log should know, null if nothing.</returns>
    public static async Task<(ExchangeOutcome Outcome, Exception? Failure)> RunAsync(
        Exchange exchange, LimitOptions limits, string? ja4Header)
    {
        try
        {
            using var request = CreateRequest(exchange, ja4Header);
            exchange.Timeout.Allow(exchange.Upstream.Options.FirstByteTimeout);
            using var reply = await exchange.Upstream.SendAsync(request, exchange.Timeout.Token).ConfigureAwait(false);
            exchange.HasReply = true;
            if (reply.StatusCode is HttpStatusCode.Unauthorized)
            {
                await TellAsync(exchange, new Refusal(RefusalReason.UpstreamFailed, "The model server does not accept this gateway."))
                    .ConfigureAwait(false);
                return (ExchangeOutcome.UpstreamRefused, null);
            }

            var ended = await ReplyForwarder.RunAsync(exchange, reply, limits).ConfigureAwait(false);
            if (ended is null)
            {
                return (ExchangeOutcome.Completed, null);
            }

            await TellAsync(exchange, ended).ConfigureAwait(false);
            return (ended.Reason is RefusalReason.UpstreamMalformed ? ExchangeOutcome.UpstreamMalformed : ExchangeOutcome.Cut, null);
        }
        catch (Exception failure)
        {
            return await FailAsync(exchange, failure).ConfigureAwait(false);
        }
    }

    /// <summary>Answers an exchange with a text of the gateway's own instead (<see cref="TextAnswer"/>). Never throws.</summary>
    /// <returns>As <see cref="RunAsync"/>.</returns>
    public static async Task<(ExchangeOutcome Outcome, Exception? Failure)> AnswerAsync(
        Exchange exchange, string text, ReplyTimings timings, TimeProvider time)
    {
        try
        {
            await TextAnswer.RunAsync(exchange, text, timings, time).ConfigureAwait(false);
            return (ExchangeOutcome.Completed, null);
        }
        catch (Exception failure)
        {
            return await FailAsync(exchange, failure).ConfigureAwait(false);
        }
    }

    private static async Task<(ExchangeOutcome Outcome, Exception? Failure)> FailAsync(Exchange exchange, Exception failure)
    {
        var outcome = OutcomeOf(exchange, failure);
        await TellOutcomeAsync(exchange, outcome).ConfigureAwait(false);
        return (outcome, outcome is ExchangeOutcome.ClientGone or ExchangeOutcome.Stopped or ExchangeOutcome.Cut ? null : failure);
    }

    private static HttpRequestMessage CreateRequest(Exchange exchange, string? ja4Header)
    {
        var from = exchange.Http.Request;
        var request = exchange.Upstream.CreateRequest(from.Method, from.Path.ToUriComponent() + from.QueryString.ToUriComponent());
        if (exchange.Request.Endpoint is not ApiEndpoint.PassThrough)
        {
            request.Content = new ReadOnlyMemoryContent(exchange.Body);
        }
        else if (from.ContentLength is > 0 || from.Headers.TransferEncoding.Count > 0)
        {
            request.Content = new StreamContent(from.Body);
            request.Content.Headers.ContentLength = from.ContentLength;
        }

        HeaderRules.CopyRequest(from.Headers, request, ja4Header);
        return request;
    }

    private static ExchangeOutcome OutcomeOf(Exchange exchange, Exception failure)
    {
        var timeout = exchange.Timeout;
        if (timeout.IsClientGone || exchange.Http.RequestAborted.IsCancellationRequested || failure is BadHttpRequestException)
        {
            return ExchangeOutcome.ClientGone;
        }

        return failure switch
        {
            OperationCanceledException when exchange.Reservation.EndedBy is not null => ExchangeOutcome.Cut,
            OperationCanceledException when timeout.IsStopping => ExchangeOutcome.Stopped,
            OperationCanceledException or TimeoutException when exchange.IsWaitingForClient => ExchangeOutcome.ClientGone,
            OperationCanceledException when timeout.Token.IsCancellationRequested => ExchangeOutcome.UpstreamTimeout,
            OperationCanceledException or TimeoutException => ExchangeOutcome.UpstreamUnreachable,
            HttpRequestException
            {
                HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                    or HttpRequestError.SecureConnectionError,
            } => ExchangeOutcome.UpstreamUnreachable,
            HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded } =>
                ExchangeOutcome.UpstreamMalformed,
            HttpRequestException or IOException => ExchangeOutcome.UpstreamReset,
            _ => ExchangeOutcome.Failed,
        };
    }

    private static Task TellOutcomeAsync(Exchange exchange, ExchangeOutcome outcome)
    {
        if (outcome is ExchangeOutcome.ClientGone)
        {
            exchange.Http.Abort();
            return Task.CompletedTask;
        }

        return TellAsync(exchange, outcome switch
        {
            ExchangeOutcome.Cut when exchange.Reservation.EndedBy is { } refusal => refusal,
            ExchangeOutcome.UpstreamUnreachable => new Refusal(RefusalReason.UpstreamFailed, "The model server cannot be reached."),
            ExchangeOutcome.UpstreamReset => new(RefusalReason.UpstreamFailed, "The model server broke off."),
            ExchangeOutcome.UpstreamTimeout => new(RefusalReason.UpstreamTimeout, "The model server did not answer in time."),
            ExchangeOutcome.UpstreamMalformed => new(RefusalReason.UpstreamMalformed, "The model server's answer cannot be read."),
            ExchangeOutcome.Stopped => new(RefusalReason.Stopping, "This gateway is being stopped; ask again."),
            _ => new(RefusalReason.Internal, "The gateway failed; its log says why."),
        });
    }

    /// <summary>Tells the client, in whatever way the state of the reply still allows.</summary>
    private static async Task TellAsync(Exchange exchange, Refusal refusal)
    {
        var response = exchange.Http.Response;
        var request = exchange.Request;
        try
        {
            if (!response.HasStarted)
            {
                response.Clear();
                RequestIds.Show(response, request.Id);
                await RefusalWriter.WriteAsync(response, request.Dialect, refusal, request.Id).ConfigureAwait(false);
            }
            else if (MediaTypeHeaderValue.TryParse(response.ContentType, out var type) && type.MediaType == "text/event-stream")
            {
                if (refusal.Reason is not RefusalReason.QuotaExhausted || !ReplyEditing.TryWriteEnd(exchange))
                {
                    var number = exchange.Reader.NextSequenceNumber;
                    RefusalWriter.WriteEvent(response.BodyWriter, request.Dialect, refusal, request.Id, number);
                }

                await response.BodyWriter.FlushAsync(exchange.Http.RequestAborted).ConfigureAwait(false);
            }
            else
            {
                exchange.Http.Abort();
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or InvalidOperationException)
        {
            exchange.Http.Abort();
        }
    }
}
