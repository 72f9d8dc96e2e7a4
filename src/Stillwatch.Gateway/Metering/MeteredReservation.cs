using Microsoft.AspNetCore.Http;
using Stillwatch.Gateway.Admission;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Observation;
using Stillwatch.Gateway.Policies.Switches;
using Stillwatch.Gateway.Quotas;
using Stillwatch.Gateway.Quotas.Wire;

namespace Stillwatch.Gateway.Metering;

/// <summary>One request's reservation in a quota: its stream is cut where the reservation or a switch ends it.</summary>
internal sealed class MeteredReservation(
    QuotaReservation? reservation, SwitchPass? pass, AdmittedRequest request, IReadOnlyList<QuotaStanding> standing, TimeProvider time)
    : IReservation
{
    /// <summary>Tokens reserved at once beyond what is lacking.</summary>
    private const int Ahead = 64;

    private static readonly Refusal Exhausted =
        new(RefusalReason.QuotaExhausted, "The quota is used up; the reply was cut where it ended.");

    private bool _isCut;

    /// <inheritdoc/>
    public bool MayCut => reservation is not null;

    /// <inheritdoc/>
    public CancellationToken Ended => pass?.Stopped ?? CancellationToken.None;

    /// <inheritdoc/>
    public Refusal? EndedBy => pass?.StoppedBy is null ? null : MeteredReservations.Stopped;

    /// <inheritdoc/>
    public DecisionNote? Note => (_isCut, pass) switch
    {
        (true, _) => new("quota", "cut", []),
        (_, { StoppedBy: { } scope }) => MeteredReservations.NoteOf(scope, "stop"),
        (_, { WouldBeStoppedBy: { } scope }) => MeteredReservations.NoteOf(scope, "would_stop"),
        _ => null,
    };

    /// <inheritdoc/>
    public Refusal? Cover(in ReplyProgress progress)
    {
        if (reservation is null)
        {
            return EndedBy;
        }

        // An event with content has at least one token, whatever the estimate says.
        var more = Math.Max(progress.OutputTokens, progress.Deltas) - reservation.SpentOutputTokens;
        if (more <= 0 || EndedBy is not null || Covers(more))
        {
            return EndedBy;
        }

        _isCut = true;
        return Exhausted;
    }

    /// <inheritdoc/>
    public void WriteHeaders(IHeaderDictionary headers, Dialect dialect)
    {
        var rates = dialect is Dialect.Anthropic ? RateHeaders.Anthropic(standing, time.GetUtcNow()) : RateHeaders.OpenAi(standing);
        foreach (var (name, value) in rates)
        {
            headers[name] = value;
        }
    }

    /// <inheritdoc/>
    public void Settle(in ReplySummary reply)
    {
        // Of a whole reply that never came, nobody knows how much was written: whoever hangs up before it pays for all of it.
        var isUnknown = reply.UsageSource is UsageSource.Gateway && reply.Outcome is not ExchangeOutcome.Completed && !request.Facts.Stream;
        reservation?.Settle(
            Math.Min(reply.Usage.Input, QuotaRequest.MaxTokens),
            isUnknown ? reservation.OutputTokens : Math.Min(reply.Usage.Output, QuotaRequest.MaxTokens));
        pass?.Dispose();
    }

    /// <summary>
    /// What is passed on is counted here by estimate and may come to more than the client bounded it to: as long as the quota has more, it
    /// is reserved as well, and nobody's stream is cut for an estimate.
    /// </summary>
    private bool Covers(long more)
    {
        var lacking = more - reservation!.RemainingOutputTokens;
        return (lacking <= 0 || reservation.Extend(lacking, lacking + Ahead) > 0) && reservation.Spend(more) == more;
    }
}
