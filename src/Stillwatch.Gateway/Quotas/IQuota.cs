namespace Stillwatch.Gateway.Quotas;

/// <summary>Where requests get leave to spend.</summary>
public interface IQuota
{
    /// <summary>Reserves in every limit that matches, or in none.</summary>
    /// <param name="request">What may be used at most.</param>
    /// <param name="cancellationToken">Ends waiting for a lease of budget from elsewhere; a local ledger never waits.</param>
    ValueTask<QuotaDecision> ReserveAsync(QuotaRequest request, CancellationToken cancellationToken);

    /// <summary>How every limit that matches stands, in the order of the limits.</summary>
    IReadOnlyList<QuotaStanding> Standing(QuotaSubject subject);
}
