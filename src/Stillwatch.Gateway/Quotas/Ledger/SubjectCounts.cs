namespace Stillwatch.Gateway.Quotas.Ledger;

/// <summary>The counts that a subject's requests are counted in, looked up once.</summary>
internal sealed class SubjectCounts(QuotaLimits limits, QuotaLimit[] matching, string[] scopes, LedgerCell[] cells)
{
    public QuotaLimit[] Matching { get; } = matching;

    public string[] Scopes { get; } = scopes;

    public LedgerCell[] Cells { get; } = cells;

    /// <summary>Whether it still says what holds.</summary>
    public bool IsCurrent(QuotaLimits inForce)
    {
        foreach (var cell in Cells)
        {
            if (cell.IsRetired)
            {
                return false;
            }
        }

        return ReferenceEquals(limits, inForce);
    }
}
