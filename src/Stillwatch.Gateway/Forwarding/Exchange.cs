using System.Buffers;
using Microsoft.AspNetCore.Http;
using Stillwatch.Gateway.Admission;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Observation;
using Stillwatch.Gateway.Responses;
using Stillwatch.Interactions;

namespace Stillwatch.Gateway.Forwarding;

/// <summary>One admitted request on its way. Used by one thread at a time.</summary>
internal sealed class Exchange : IDisposable
{
    private const int ClientClosedRequest = 499;

    private readonly TimeProvider _time;
    private readonly TokenEstimator _estimator;
    private readonly long _arrival;
    private long _firstByte;

    public Exchange(
        HttpContext http, AdmittedRequest request, long arrival, ActivityTimeout timeout, TimeProvider time, TokenEstimator estimator)
    {
        (Http, Request, Timeout) = (http, request, timeout);
        (_arrival, _time, _estimator) = (arrival, time, estimator);
    }

    /// <summary>The client's side.</summary>
    public HttpContext Http { get; }

    /// <summary>What was asked.</summary>
    public AdmittedRequest Request { get; }

    /// <summary>Ends it when it stands still.</summary>
    public ActivityTimeout Timeout { get; }

    /// <summary>Where it goes.</summary>
    public required UpstreamClient Upstream { get; init; }

    /// <summary>The body, empty where it is not read.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>What was set aside for it.</summary>
    public required IReservation Reservation { get; init; }

    /// <summary>Reads the reply.</summary>
    public required ReplyReader Reader { get; init; }

    /// <summary>What is changed about the reply; null where it passes as it is.</summary>
    public ReplyEdits? Edits { get; init; }

    /// <summary>Whether the upstream has begun to answer.</summary>
    public bool HasReply { get; set; }

    /// <summary>Whether the last that was waited for is the client, to take what was sent.</summary>
    public bool IsWaitingForClient { get; set; }

    /// <summary>The data of the event at which the reservation ended; null while it has not.</summary>
    public byte[]? HeldBack { get; set; }

    /// <summary>Ends a stream that the reservation does not cover further as its dialect ends one that has reached its bound.</summary>
    /// <returns>False where it has not come far enough for that; nothing is written then.</returns>
    public bool TryWriteEnd(IBufferWriter<byte> output)
    {
        var input = Reader.Usage.Input ?? _estimator.InputTokens(Request.Facts.Model, Request.Facts.BodyBytes);
        var written = Math.Max(Progress.OutputTokens, Reader.Deltas);
        return HeldBack is { } held && Reader.TryWriteEnd(output, new(held, Request.Facts, input, written));
    }

    /// <summary>How far the reply has come.</summary>
    public ReplyProgress Progress => new(
        Math.Max(Reader.Usage.Output ?? 0, _estimator.OutputTokens(Request.Facts.Model, Reader.TextBytes)),
        Reader.Deltas,
        Reader.TextBytes);

    /// <summary>Tokens of the request, and of a text of so many bytes, as the gateway counts them.</summary>
    public (int Input, int Output) CountedTokens(int bytes) => (
        _estimator.InputTokens(Request.Facts.Model, Request.Facts.BodyBytes), _estimator.OutputTokens(Request.Facts.Model, bytes));

    /// <summary>Since the request arrived.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_arrival);

    /// <summary>Notes that the reply's body has begun to reach the client.</summary>
    public void NoteFirstByte() => _firstByte = _firstByte == 0 ? _time.GetTimestamp() : _firstByte;

    /// <summary>What became of it.</summary>
    public ReplySummary Summarize(ExchangeOutcome outcome)
    {
        var status = Http.Response.HasStarted || outcome is not ExchangeOutcome.ClientGone ? Http.Response.StatusCode : ClientClosedRequest;
        var (usage, source) = Count(outcome, status);
        return new(
            outcome,
            status,
            usage,
            source,
            Reader.FinishReason,
            _time.GetElapsedTime(_arrival).TotalMilliseconds,
            _firstByte == 0 ? null : _time.GetElapsedTime(_arrival, _firstByte).TotalMilliseconds);
    }

    /// <inheritdoc/>
    public void Dispose() => Reader.Dispose();

    /// <summary>
    /// The upstream's count where it is final; otherwise the gateway's, so that hanging up before the count comes is not free.
    /// </summary>
    private (TokenUsage Usage, UsageSource Source) Count(ExchangeOutcome outcome, int status)
    {
        var model = Request.Facts.Model;
        var used = Reader.Usage;
        if (Request.Endpoint is ApiEndpoint.CountTokens || NothingWasDone(outcome, status))
        {
            return (default, UsageSource.Upstream);
        }

        var isFinal = outcome is ExchangeOutcome.Completed || Reader.FinishReason is not null;
        var hasOutput = used.Output is not null || (Request.Endpoint is ApiEndpoint.Embeddings && used.Input is not null);
        if (isFinal && hasOutput && used.Input is { } input)
        {
            var output = used.Output ?? 0;
            var unseen = Reader.ReasoningBytes == 0 ? used.Reasoning ?? 0 : 0;
            _estimator.Learn(model, Request.Facts.BodyBytes, input, Reader.TextBytes, output - unseen);
            return (new(input, output, used.Reasoning ?? 0), UsageSource.Upstream);
        }

        var counted = Math.Max(used.Output ?? 0, _estimator.OutputTokens(model, Reader.TextBytes));
        var reasoning = used.Reasoning ?? _estimator.OutputTokens(model, Reader.ReasoningBytes);
        return (new(used.Input ?? _estimator.InputTokens(model, Request.Facts.BodyBytes), counted, reasoning), UsageSource.Gateway);
    }

    private static bool NothingWasDone(ExchangeOutcome outcome, int status) =>
        outcome is ExchangeOutcome.UpstreamUnreachable or ExchangeOutcome.UpstreamRefused
        || (outcome is ExchangeOutcome.Completed && status >= StatusCodes.Status400BadRequest);
}
