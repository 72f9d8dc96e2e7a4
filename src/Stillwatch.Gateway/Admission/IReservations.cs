namespace Stillwatch.Gateway.Admission;

/// <summary>Sets aside, before a request is forwarded, the most that it may come to use, so that no quota is overshot.</summary>
public interface IReservations
{
    /// <summary>Reserves. Called from many threads.</summary>
    /// <param name="request">What is to be done.</param>
    /// <param name="inputTokens">The request's tokens as the gateway counts them.</param>
    /// <param name="cancellationToken">The client is gone.</param>
    ValueTask<ReservationOutcome> ReserveAsync(AdmittedRequest request, int inputTokens, CancellationToken cancellationToken);
}
