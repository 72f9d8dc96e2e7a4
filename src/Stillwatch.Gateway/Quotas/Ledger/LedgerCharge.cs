namespace Stillwatch.Gateway.Quotas.Ledger;

/// <summary>What becomes of a hold that nobody settles.</summary>
internal static class LedgerCharge
{
    /// <summary>All that is held is spent, except places among the requests under way: who is gone takes none.</summary>
    public static HoldChange[] InFull(LedgerHold hold)
    {
        var changes = new HoldChange[hold.Cells.Length];
        for (var i = 0; i < changes.Length; i++)
        {
            changes[i] = new(0, hold.Cells[i].Measure == QuotaMeasure.Concurrency ? hold.Spent(i) : hold.Spent(i) + hold.Held(i));
        }

        return changes;
    }
}
