using Microsoft.AspNetCore.Http;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Observation;

namespace Stillwatch.Gateway.Admission;

/// <summary>Bounds nothing: the reservations of a gateway without quotas.</summary>
public sealed class Unmetered : IReservations, IReservation
{
    /// <inheritdoc/>
    public ValueTask<ReservationOutcome> ReserveAsync(AdmittedRequest request, int inputTokens, CancellationToken cancellationToken) =>
        new(new ReservationOutcome(this, null));

    /// <inheritdoc/>
    public Refusal? Cover(in ReplyProgress progress) => null;

    /// <inheritdoc/>
    public void WriteHeaders(IHeaderDictionary headers, Dialect dialect)
    {
    }

    /// <inheritdoc/>
    public void Settle(in ReplySummary reply)
    {
    }
}
