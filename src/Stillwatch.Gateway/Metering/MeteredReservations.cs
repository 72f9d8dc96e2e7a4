using Stillwatch.Gateway.Admission;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Policies.Switches;
using Stillwatch.Gateway.Quotas;
using Stillwatch.Gateway.Quotas.Wire;

namespace Stillwatch.Gateway.Metering;

/// <summary>Reserves each request in a quota before it is forwarded, under the kill switches.</summary>
/// <param name="quota">Where budget comes from; null where nothing is limited.</param>
/// <param name="switches">What may stop requests under way; null for nothing.</param>
/// <param name="options">What is assumed of requests where they do not say; null for the defaults.</param>
/// <param name="time">Clock, for the headers.</param>
public sealed class MeteredReservations(IQuota? quota, KillSwitches? switches, QuotaOptions? options, TimeProvider time) : IReservations
{
    private volatile QuotaOptions? _options = options;

    /// <summary>What is assumed of requests; may be replaced while requests are reserved.</summary>
    public QuotaOptions? Options
    {
        get => _options;
        set => _options = value;
    }

    /// <inheritdoc/>
    public async ValueTask<ReservationOutcome> ReserveAsync(
        AdmittedRequest request, int inputTokens, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var subject = SubjectOf(request);
        var pass = switches?.Enter(new(subject.Organisation, subject.Model, subject.Region));
        if (pass?.StoppedBy is { } stopper)
        {
            pass.Dispose();
            return new(null, Stopped, NoteOf(stopper, "stop"));
        }

        if (quota is null)
        {
            return new(new MeteredReservation(null, pass, request, [], time), null);
        }

        var isHeld = false;
        try
        {
            var decision = await quota.ReserveAsync(Ask(request, subject), cancellationToken).ConfigureAwait(false);
            isHeld = decision.IsGranted;
            return decision.IsGranted
                ? new(new MeteredReservation(decision.Reservation, pass, request, quota.Standing(subject), time), null)
                : new(null, RefusalOf(decision.Denial, request.Facts.Model));
        }
        finally
        {
            if (!isHeld)
            {
                pass?.Dispose();
            }
        }
    }

    /// <summary>What a client is told whose request a kill switch stops.</summary>
    internal static Refusal Stopped { get; } =
        new(RefusalReason.PolicyDenied, "The operator has stopped this service for the time being.");

    /// <summary>What is noted of a switch.</summary>
    internal static DecisionNote NoteOf(SwitchScope scope, string effect) => new("switch", effect, [scope.Subject]);

    /// <summary>A denial in the form of the gateway's refusals.</summary>
    internal static Refusal RefusalOf(QuotaDenial denial, string model)
    {
        var reason = denial.Reason switch
        {
            QuotaDenialReason.BudgetExhausted or QuotaDenialReason.LargerThanLimit => RefusalReason.QuotaExhausted,
            QuotaDenialReason.LimitReached => RefusalReason.RateLimited,
            _ => RefusalReason.Overloaded,
        };
        return new(reason, QuotaDenialText.Of(denial, model))
        {
            RetryAfter = denial.RetryAfter,
            LimitName = reason == RefusalReason.RateLimited ? QuotaDenialText.KindOf(denial) : null,
        };
    }

    private static QuotaSubject SubjectOf(AdmittedRequest request) => new(
        request.Key.Id, request.Key.Account, request.Key.Organization ?? "", request.Facts.Model, request.Region, request.Tier);

    /// <summary>
    /// The bytes of the body bound its tokens from above: a token has at least one, and what a template adds to a message is less than
    /// the JSON around it.
    /// </summary>
    private QuotaRequest Ask(AdmittedRequest request, in QuotaSubject subject)
    {
        var (facts, assumed) = (request.Facts, _options);
        var writes = request.Endpoint is not (ApiEndpoint.Embeddings or ApiEndpoint.CountTokens);
        var unsaid = request.Route?.MaxOutputTokens ?? assumed?.MaxOutputTokens ?? QuotaOptions.DefaultMaxOutputTokens;
        var ofOne = writes ? Math.Max(0L, facts.MaxTokens ?? unsaid) : 0;
        var most = Math.Min(ofOne * Math.Max(1, facts.Choices ?? 1), QuotaRequest.MaxTokens);
        var least = facts.Stream ? Math.Min(assumed?.MinStreamTokens ?? 1, most) : most;
        return new(subject, Math.Min(facts.BodyBytes, QuotaRequest.MaxTokens), least, most, request.Route?.Price ?? default);
    }
}
