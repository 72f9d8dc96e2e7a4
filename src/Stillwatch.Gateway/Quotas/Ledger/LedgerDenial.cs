namespace Stillwatch.Gateway.Quotas.Ledger;

/// <summary>Finds the limit that stands in a request's way longest.</summary>
internal static class LedgerDenial
{
    /// <summary>What is said of a limit that others' open reservations fill: nobody knows when they end.</summary>
    private static readonly TimeSpan Unknown = TimeSpan.FromSeconds(1);

    public static QuotaDenial Of(SubjectCounts counts, in QuotaRequest request, long now)
    {
        QuotaDenial? worst = null;
        for (var i = 0; i < counts.Cells.Length; i++)
        {
            var (cell, limit) = (counts.Cells[i], counts.Matching[i]);
            var need = MeasuredAmount.Of(cell.Measure, request.InputTokens, request.MinOutputTokens, request.Price);
            if (cell.Room(now) >= need)
            {
                continue;
            }

            var used = cell.Held + cell.Spent(now);
            var denial = need > limit.Cap ? new QuotaDenial(QuotaDenialReason.LargerThanLimit, limit, counts.Scopes[i], used, need, null)
                : limit.Window is null && limit.Measure != QuotaMeasure.Concurrency && cell.Held + limit.Cap - used < need
                    ? new(QuotaDenialReason.BudgetExhausted, limit, counts.Scopes[i], used, need, null)
                    : new(QuotaDenialReason.LimitReached, limit, counts.Scopes[i], used, need, cell.UntilRoom(now, need) ?? Unknown);
            worst = worst is null || IsWorse(denial, worst) ? denial : worst;
        }

        return worst!;
    }

    private static bool IsWorse(QuotaDenial denial, QuotaDenial than) =>
        denial.Reason != than.Reason ? denial.Reason > than.Reason : denial.RetryAfter > than.RetryAfter;
}
