using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Stillwatch.Gateway.Admission;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Forwarding;
using Stillwatch.Gateway.Identity;
using Stillwatch.Gateway.Marking;
using Stillwatch.Gateway.Observation;
using Stillwatch.Gateway.Responses;
using Stillwatch.Gateway.Telemetry;
using Stillwatch.Interactions;

namespace Stillwatch.Gateway.Hosting;

/// <summary>What happens to a request, in this order.</summary>
/// <remarks>
/// 1. The head: endpoint, key, scopes. A bad key costs no more than this.
/// 2. The content: the body is read and understood, and a route found for its model.
/// 3. The access policy decides (<see cref="IAccessPolicy"/>), then the graduated responses.
/// 4. What the request may come to use is reserved (<see cref="IReservations"/>).
/// 5. The admission is recorded; from here on there is exactly one interaction.
/// 6. It is forwarded; before each event of a stream the reservation is asked whether it covers it.
/// 7. It is settled: the reservation, the record, the metrics, once each, whatever happened.
/// </remarks>
internal sealed class RequestPipeline(
    GatewayState state,
    GatewayControls controls,
    InteractionRecorder recorder,
    GatewayMetrics metrics,
    RequestTelemetry telemetry,
    IAccessPolicy? policy,
    TimeProvider time,
    GatewayLog log)
{
    private static readonly ReplySummary NothingDone =
        new(ExchangeOutcome.Failed, StatusCodes.Status503ServiceUnavailable, default, UsageSource.Gateway, null, 0, null);

    private readonly RequestIds _ids = new();
    private readonly TokenEstimator _estimator = new();
    private readonly ReplyTimings _timings = new();

    /// <summary>Handles a request.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        var arrival = Arrive(http);
        RequestIds.Show(http.Response, arrival.Id);
        try
        {
            var (key, refusal) = await CheckHeadAsync(arrival).ConfigureAwait(false);
            if (refusal is null && arrival.Endpoint is ApiEndpoint.Models)
            {
                refusal = await ModelsEndpoint.AnswerAsync(arrival, key!).ConfigureAwait(false);
            }
            else
            {
                refusal ??= await AdmitAsync(arrival, key!).ConfigureAwait(false);
            }

            if (refusal is not null)
            {
                await RefuseAsync(arrival, key, refusal).ConfigureAwait(false);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException && http.RequestAborted.IsCancellationRequested)
        {
            // Nothing was admitted yet, and nobody is there to be told.
        }
        catch (BadHttpRequestException bad)
        {
            await RefuseAsync(arrival, null, OfBody(bad, arrival)).ConfigureAwait(false);
        }
        catch (Exception defect)
        {
            log.Defect(defect, arrival.Id);
            await RefuseAsync(arrival, null, new(RefusalReason.Internal, "The gateway failed; its log says why.")).ConfigureAwait(false);
        }
    }

    private static Refusal OfBody(BadHttpRequestException bad, in Arrival arrival) => bad.StatusCode == StatusCodes.Status413PayloadTooLarge
        ? new(RefusalReason.RequestTooLarge, $"The body is longer than {arrival.Snapshot.Options.Limits.MaxRequestBytes} bytes.")
        : new(RefusalReason.MalformedRequest, "The body ended too early or came too slowly.");

    private Arrival Arrive(HttpContext http)
    {
        var snapshot = state.Current;
        var path = http.Request.Path.Value ?? string.Empty;
        var endpoint = EndpointTable.Find(http.Request.Method, path);
        PassThroughRule? rule = null;
        for (var i = 0; endpoint is null && i < snapshot.Options.PassThrough.Count; i++)
        {
            rule = snapshot.Options.PassThrough[i].Matches(http.Request.Method, path) ? snapshot.Options.PassThrough[i] : null;
            endpoint = rule is null ? null : ApiEndpoint.PassThrough;
        }

        var dialect = EndpointTable.DialectOf(endpoint, path, http.Request.Headers.ContainsKey("anthropic-version"));
        return new(http, _ids.Next(), time.GetTimestamp(), time.GetUtcNow(), snapshot, endpoint, rule, dialect);
    }

    private async ValueTask<(GatewayKey? Key, Refusal? Refusal)> CheckHeadAsync(Arrival arrival)
    {
        if (arrival.Endpoint is not { } endpoint)
        {
            var request = arrival.Http.Request;
            return (null, new(RefusalReason.NoSuchEndpoint, $"Unknown request URL: {request.Method} {request.Path}."));
        }

        var (status, key) = await arrival.Snapshot.Authenticator.AuthenticateAsync(arrival.Http, arrival.At).ConfigureAwait(false);
        if (status is not KeyStatus.Accepted)
        {
            return (null, new(RefusalReason.Unauthenticated, status is KeyStatus.Missing
                ? "You didn't provide an API key: give it as 'Authorization: Bearer KEY' or as 'x-api-key: KEY'."
                : "Incorrect API key provided."));
        }

        var name = EndpointTable.NameOf(endpoint);
        if (!key!.AllowsEndpoint(name))
        {
            return (key, new(RefusalReason.Forbidden, $"This key may not call '{name}'."));
        }

        return (key, state.IsStopping
            ? new(RefusalReason.Stopping, "This gateway is being stopped; ask again.") { RetryAfter = TimeSpan.FromSeconds(1) }
            : null);
    }

    private async Task<Refusal?> AdmitAsync(Arrival arrival, GatewayKey key)
    {
        var limits = arrival.Snapshot.Options.Limits;
        if (arrival.Http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = limits.MaxRequestBytes;
        }

        if (metrics.Enter() > limits.MaxRequests)
        {
            metrics.Leave();
            return new(RefusalReason.Overloaded, "Too many requests are in progress; ask again.") { RetryAfter = TimeSpan.FromSeconds(1) };
        }

        try
        {
            return arrival.Rule is not null
                ? await DecideAsync(
                    arrival, RequestOf(arrival, key, RequestFacts.Unread(arrival.Rule.Model, 0), null), arrival.Rule.Upstream, default)
                    .ConfigureAwait(false)
                : await ReadAsync(arrival, key).ConfigureAwait(false);
        }
        finally
        {
            metrics.Leave();
        }
    }

    private async Task<Refusal?> ReadAsync(Arrival arrival, GatewayKey key)
    {
        if (arrival.Http.Request.Headers.ContentEncoding.Count > 0)
        {
            return new(RefusalReason.UnsupportedBody, "A compressed body is not accepted: send it as it is.");
        }

        using var body = await RequestBody.ReadAsync(arrival.Http.Request, arrival.Http.RequestAborted).ConfigureAwait(false);
        await SocketThreads.LeaveAsync(body.Count).ConfigureAwait(false);
        if (!RequestReader.TryRead(body.Span, arrival.Endpoint!.Value, out var facts, out var refusal))
        {
            return refusal;
        }

        var route = arrival.Snapshot.RouteOf(facts!.Model);
        return route is null || !key.AllowsModel(facts.Model)
            ? ModelsEndpoint.NoSuchModel(facts.Model)
            : await DecideAsync(arrival, RequestOf(arrival, key, facts, route), route.Upstream, body.Memory).ConfigureAwait(false);
    }

    private static AdmittedRequest RequestOf(in Arrival arrival, GatewayKey key, RequestFacts facts, ModelRoute? route)
    {
        var (client, network) = arrival.Client();
        var request = new AdmittedRequest(arrival.Id, arrival.At, arrival.Endpoint!.Value, arrival.Dialect, key, facts, client)
        {
            Route = route,
            NetworkClass = network.Class,
        };
        if (arrival.Snapshot.Options.Organisations is not { } register)
        {
            return request;
        }

        var standing = register.StandingOf(key.Organization);
        return request with { Organisation = standing, Tier = register.Counting(key.Tier, standing.Reached).Name };
    }

    private async Task<Refusal?> DecideAsync(Arrival arrival, AdmittedRequest request, string upstream, ReadOnlyMemory<byte> body)
    {
        var (denied, notes) = (policy ?? arrival.Snapshot.Access).Decide(request);
        Log(request, notes);
        if (denied is not null)
        {
            Deny(arrival, request, body.Span, denied, notes);
            return denied;
        }

        var (response, refusal) = await RespondAsync(arrival, request, body).ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        notes = response.Notes is null ? notes : [.. notes ?? [], .. response.Notes];
        var sent = response.Reduction is { } reduction ? request with { Facts = reduction.Facts } : request;
        var inputTokens = _estimator.InputTokens(request.Facts.Model, request.Facts.BodyBytes);
        var (reservation, refused, note) = await controls.Reservations.ReserveAsync(sent, inputTokens, arrival.Http.RequestAborted)
            .ConfigureAwait(false);
        if (reservation is null)
        {
            refused ??= new(RefusalReason.RateLimited, "Nothing could be reserved for this request.");
            if (note is not null)
            {
                Log(request, [note]);
                Deny(arrival, request, body.Span, refused, Joined(notes, note));
            }

            return refused;
        }

        // What is recorded is what was asked, not what was made of it.
        var ticket = Record(request, body.Span, inputTokens, reservation);
        if (ticket is null && arrival.Snapshot.Options.Observation.RefuseWhenFull)
        {
            reservation.Settle(NothingDone);
            return new(RefusalReason.Overloaded, "The gateway cannot record requests at present.") { RetryAfter = TimeSpan.FromSeconds(5) };
        }

        var reduced = response.Reduction?.Body ?? body;
        var mark = response.Trap is null && controls.Responses is { } committed
            ? arrival.Snapshot.Marks?.Plan(sent, reduced.Span, committed.IsCommitted)
            : null;
        var observed = controls.Observe(request, response, body);
        var way = new Way(arrival.Snapshot.Upstreams[upstream], reservation, ticket, response, observed, mark);
        await ForwardAsync(arrival, sent, way, mark?.Body ?? reduced, Noted(request, notes, mark?.Note)).ConfigureAwait(false);
        return null;
    }

    /// <summary>Does what the graduated responses say before anything is reserved: refuses, or waits.</summary>
    private async ValueTask<(ResponseDecision Response, Refusal? Refusal)> RespondAsync(
        Arrival arrival, AdmittedRequest request, ReadOnlyMemory<byte> body)
    {
        var response = controls.Responses?.Decide(request, body.Span) ?? default;
        Log(request, response.Notes);
        if (response.Refusal is { } denied)
        {
            Deny(arrival, request, body.Span, denied, response.Notes);
            return (response, denied);
        }

        return (response, response.Slows ? await controls.Responses!.WaitAsync(arrival.Http.RequestAborted).ConfigureAwait(false) : null);
    }

    private void Log(AdmittedRequest request, IReadOnlyList<DecisionNote>? notes)
    {
        foreach (var note in notes ?? [])
        {
            log.Decided(request.Id, note.By, note.Effect, string.Join(", ", note.Reasons), request.Key.Id, request.Facts.Model);
        }
    }

    /// <summary>Records a request that the operator's rules deny: what a harvester was kept from is evidence, too.</summary>
    private void Deny(
        in Arrival arrival, AdmittedRequest request, ReadOnlySpan<byte> body, Refusal denied, IReadOnlyList<DecisionNote>? notes)
    {
        if (recorder.Admit(request, body, 0) is not { } ticket)
        {
            metrics.Miss();
            return;
        }

        var status = RefusalWriter.StatusOf(arrival.Dialect, denied);
        var latency = time.GetElapsedTime(arrival.Timestamp).TotalMilliseconds;
        recorder.Settle(
            ticket, new(ExchangeOutcome.Denied, status, default, UsageSource.Gateway, null, latency, null)
            {
                Notes = notes,
                Tier = request.Tier,
            }, default);
    }

    private static IReadOnlyList<DecisionNote>? Joined(IReadOnlyList<DecisionNote>? notes, DecisionNote? further) => (notes, further) switch
    {
        (_, null) => notes,
        (null, _) => [further],
        _ => [.. notes, further],
    };

    private IReadOnlyList<DecisionNote>? Noted(AdmittedRequest request, IReadOnlyList<DecisionNote>? notes, DecisionNote? further)
    {
        Log(request, further is null ? null : [further]);
        return Joined(notes, further);
    }

    private ulong? Record(AdmittedRequest request, ReadOnlySpan<byte> body, int inputTokens, IReservation reservation)
    {
        try
        {
            var ticket = recorder.Admit(request, body, inputTokens);
            if (ticket is null)
            {
                metrics.Miss();
            }

            return ticket;
        }
        catch
        {
            reservation.Settle(NothingDone);
            throw;
        }
    }

    private async Task ForwardAsync(
        Arrival arrival, AdmittedRequest request, Way way, ReadOnlyMemory<byte> body, IReadOnlyList<DecisionNote>? notes)
    {
        var (upstream, reservation, ticket, response, observed, mark) = way;
        var options = arrival.Snapshot.Options;
        var keepsText = options.Observation.Content.Response is ContentTreatment.Full;
        var textLimit = keepsText || observed?.KeepsReply == true ? options.Limits.MaxEventBytes : 0;
        var trace = telemetry.Begin(request, arrival.Http.Request.Headers);
        using var timeout = new ActivityTimeout(time, arrival.Http.RequestAborted, state.Ending, reservation.Ended);
        using var exchange = new Exchange(arrival.Http, request, arrival.Timestamp, timeout, time, _estimator)
        {
            Upstream = upstream,
            Body = body,
            Reservation = reservation,
            Edits = ReplyEdits.WithDrafts(response.Reduction?.Reply, mark?.Drafts),
            Reader = ReplyReader.Create(
                request.Endpoint, request.Dialect, textLimit, reservation.MayCut ? options.Limits.MaxEventBytes : 0),
        };
        var (outcome, failure) = response.Trap is { } trap
            ? await Forwarder.AnswerAsync(exchange, trap.Text, _timings, time).ConfigureAwait(false)
            : await Forwarder.RunAsync(exchange, options.Limits, options.Proxies.Ja4Header).ConfigureAwait(false);
        notes = Noted(request, Noted(request, notes, reservation.Note), HiddenNote(exchange, response));
        var reply = exchange.Summarize(outcome) with { Notes = notes, Tier = request.Tier };
        reservation.Settle(reply);
        if (ticket is { } open)
        {
            recorder.Settle(open, reply, keepsText ? exchange.Reader.Text : default);
        }

        observed?.Settle(reply, exchange.Reader.Text);
        if (response.Trap is null)
        {
            _timings.Learn(request.Facts.Model, request.Facts.Stream, reply);
        }

        metrics.Complete(request.Endpoint, reply);
        telemetry.End(trace, request, reply);
        if (failure is not null)
        {
            log.UpstreamFailed(failure, request.Id, upstream.Options.Name);
        }

        log.Request(
            request.Id, request.Key.Id, EndpointTable.NameOf(request.Endpoint), request.Facts.Model, reply.Status,
            InteractionRecords.NameOf(outcome), reply.Usage.Input, reply.Usage.Output, reply.LatencyMs);
    }

    /// <summary>That reasoning was, or would have been, taken out of a reply whose request stayed as it was.</summary>
    private static DecisionNote? HiddenNote(Exchange exchange, in ResponseDecision response)
    {
        if (response.Reduction is { IsCertain: false, Rule: var rule } && exchange.Edits is { HiddenCount: > 0 })
        {
            return GraduatedResponses.NoteOf(rule);
        }

        return response.Shadow is { IsCertain: false, Reply: not null, Rule: var shadow } && exchange.Reader.ReasoningBytes > 0
            ? GraduatedResponses.NoteOf(shadow)
            : null;
    }

    private async Task RefuseAsync(Arrival arrival, GatewayKey? key, Refusal refusal)
    {
        metrics.Refuse(refusal.Reason);
        telemetry.Refuse(refusal.Reason);
        log.Refused(arrival.Id, key?.Id, arrival.Http.Request.Path, refusal.Reason.ToString());
        await RefusalHold.WaitAsync(arrival, refusal, time, state.Ending).ConfigureAwait(false);
        if (!arrival.Http.Response.HasStarted)
        {
            await RefusalWriter.WriteAsync(arrival.Http.Response, arrival.Dialect, refusal, arrival.Id).ConfigureAwait(false);
        }
    }

    /// <summary>With what a request goes on its way.</summary>
    private readonly record struct Way(
        UpstreamClient Upstream,
        IReservation Reservation,
        ulong? Ticket,
        ResponseDecision Response,
        ObservedRequest? Observed,
        PlannedMark? Mark);
}
