using Stillwatch.Gateway.Admission;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Policies.Switches;
using Stillwatch.Gateway.Quotas;
using Stillwatch.Gateway.Quotas.Wire;

namespace Stillwatch.Gateway.Metering;

/// <summary>Reserves each request in a quota before it is forwarded, under the kill switches.</summary>
/// <param name="quota">Where budget comes from.</param>
/// <param name="switches">What may stop requests under way; null for nothing.</param>
/// <param name="options">What is assumed of requests.</param>
/// <param name="time">Clock, for the headers.</param>
public sealed class MeteredReservations(IQuota quota, KillSwitches? switches, MeteringOptions options, TimeProvider time) : IReservations
{
    /// <inheritdoc/>
    public async ValueTask<ReservationOutcome> ReserveAsync(
        AdmittedRequest request, int inputTokens, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var subject = SubjectOf(request);
        var pass = switches?.Enter(new(subject.Organisation, subject.Model, subject.Region));
        if (pass?.StoppedBy is not null)
        {
            pass.Dispose();
            return new(null, Stopped);
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

    private QuotaSubject SubjectOf(AdmittedRequest request) => new(
        request.Key.Id, request.Key.Account, request.Key.Organization ?? "", request.Facts.Model, options.RegionOf(request.Facts.Model),
        request.Key.Tier);

    /// <summary>
    /// The bytes of the body bound its tokens from above: a token has at least one, and what a template adds to a message is less than
    /// the JSON around it.
    /// </summary>
    private QuotaRequest Ask(AdmittedRequest request, in QuotaSubject subject)
    {
        var facts = request.Facts;
        var writes = request.Endpoint is not (ApiEndpoint.Embeddings or ApiEndpoint.CountTokens);
        var ofOne = writes ? Math.Max(0L, facts.MaxTokens ?? options.MaxOutputTokens) : 0;
        var most = Math.Min(ofOne * Math.Max(1, facts.Choices ?? 1), QuotaRequest.MaxTokens);
        var least = facts.Stream ? Math.Min(options.MinStreamTokens, most) : most;
        return new(subject, Math.Min(facts.BodyBytes, QuotaRequest.MaxTokens), least, most, options.PriceOf(facts.Model));
    }
}
