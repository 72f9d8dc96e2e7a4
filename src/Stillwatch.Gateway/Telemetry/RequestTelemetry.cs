using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Stillwatch.Gateway.Admission;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Observation;

namespace Stillwatch.Gateway.Telemetry;

/// <summary>Traces and metrics of requests, by OpenTelemetry's conventions for generative AI. Safe to use from many threads.</summary>
/// <remarks>
/// Names and units are those of the semantic conventions (gen_ai, in development when this was written). Texts of prompts and replies,
/// secrets and addresses are not among the attributes. While nobody listens, as without a collector, a request costs a few comparisons.
/// </remarks>
internal sealed class RequestTelemetry : IDisposable
{
    /// <summary>The name of the source of traces and of the meter.</summary>
    public const string Name = "Stillwatch.Gateway";

    private static readonly double[] Seconds =
        [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];

    private static readonly long[] Tokens =
        [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864];

    private readonly ActivitySource _source = new(Name);
    private readonly Meter _meter = new(Name);
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _firstToken;
    private readonly Histogram<long> _tokens;
    private readonly Counter<long> _refusals;

    public RequestTelemetry(Func<long> inProgress)
    {
        _duration = _meter.CreateHistogram("gen_ai.server.request.duration", "s", "From a request's arrival to the end of its reply.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });
        _firstToken = _meter.CreateHistogram(
            "gen_ai.server.time_to_first_token", "s", "From a request's arrival to its reply's first byte.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });
        _tokens = _meter.CreateHistogram("gen_ai.client.token.usage", "{token}", "Tokens of a request and of its reply.",
            advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = Tokens });
        _refusals = _meter.CreateCounter<long>("stillwatch.gateway.refusals", "{request}", "Requests and streams refused or ended.");
        _meter.CreateObservableUpDownCounter(
            "stillwatch.gateway.active_requests", inProgress, "{request}", "Admitted requests that have not ended.");
    }

    /// <summary>
    /// Begins the trace of an admitted request, under the one that the client names (W3C Trace Context); null if none is kept.
    /// </summary>
    public Activity? Begin(AdmittedRequest request, IHeaderDictionary headers)
    {
        if (!_source.HasListeners())
        {
            return null;
        }

        ActivityContext.TryParse(headers["traceparent"], headers["tracestate"], isRemote: true, out var parent);
        var operation = EndpointTable.OperationOf(request.Endpoint);
        return _source.StartActivity($"{operation} {request.Facts.Model}", ActivityKind.Server, parent)
            ?.SetTag("gen_ai.operation.name", operation).SetTag("gen_ai.request.model", request.Facts.Model)
            .SetTag("gen_ai.request.stream", request.Facts.Stream).SetTag("stillwatch.request.id", request.Id)
            .SetTag("stillwatch.key.id", request.Key.Id).SetTag("stillwatch.tier", request.Tier);
    }

    /// <summary>Ends it, and measures the request.</summary>
    public void End(Activity? trace, AdmittedRequest request, in ReplySummary reply)
    {
        if (trace is not null)
        {
            EndTrace(trace, reply);
        }

        if (!_duration.Enabled)
        {
            return;
        }

        // Wildcard routes let clients name models, so the route's name stands for them: attributes of metrics take few values.
        var model = request.Route?.Name ?? request.Facts.Model;
        var tags = new TagList
        {
            { "gen_ai.operation.name", EndpointTable.OperationOf(request.Endpoint) },
            { "gen_ai.request.model", model },
        };
        Count("input", reply.Usage.Input, tags);
        Count("output", reply.Usage.Output, tags);
        if (reply.FirstByteMs is { } first)
        {
            _firstToken.Record(first / 1000, tags);
        }

        if (ErrorOf(reply) is { } error)
        {
            tags.Add("error.type", error);
        }

        _duration.Record(reply.LatencyMs / 1000, tags);
    }

    /// <summary>Counts a refusal.</summary>
    public void Refuse(RefusalReason reason)
    {
        if (_refusals.Enabled)
        {
            _refusals.Add(1, new KeyValuePair<string, object?>("error.type", reason.ToString()));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _source.Dispose();
        _meter.Dispose();
    }

    private void Count(string type, int tokens, TagList tags)
    {
        tags.Add("gen_ai.token.type", type);
        _tokens.Record(tokens, tags);
    }

    private static void EndTrace(Activity trace, in ReplySummary reply)
    {
        trace.SetTag("gen_ai.usage.input_tokens", reply.Usage.Input).SetTag("gen_ai.usage.output_tokens", reply.Usage.Output)
            .SetTag("http.response.status_code", reply.Status).SetTag("stillwatch.outcome", InteractionRecords.NameOf(reply.Outcome));
        if (reply.FinishReason is { } reason)
        {
            trace.SetTag("gen_ai.response.finish_reasons", new[] { reason });
        }

        if (ErrorOf(reply) is { } error)
        {
            trace.SetTag("error.type", error).SetStatus(ActivityStatusCode.Error);
        }

        foreach (var note in reply.Notes ?? [])
        {
            trace.AddEvent(new($"{note.By} {note.Effect}", tags: new() { ["reasons"] = string.Join(", ", note.Reasons) }));
        }

        trace.Stop();
    }

    private static string? ErrorOf(in ReplySummary reply) => reply switch
    {
        { Outcome: not ExchangeOutcome.Completed } => InteractionRecords.NameOf(reply.Outcome),
        { Status: >= StatusCodes.Status400BadRequest } => reply.Status.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };
}
