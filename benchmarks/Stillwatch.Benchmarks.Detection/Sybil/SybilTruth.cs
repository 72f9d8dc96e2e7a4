using Stillwatch.Benchmarks.Detection.Coordination;
using Stillwatch.Benchmarks.Detection.Metrics;

namespace Stillwatch.Benchmarks.Detection.Sybil;

/// <summary>Labels for one of the two kinds of struck-out accounts; the other kind counts in no figure.</summary>
/// <remarks>Eligible accounts stand for benign ones, which they need not be: they were not caught.</remarks>
internal static class SybilTruth
{
    /// <summary>Smaller operators are no campaign: their accounts count, but there is no group to be found.</summary>
    public const int MinGroup = 8;

    /// <summary>The labels of a kind.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="whole">The graph of all transfers: accounts that are not in it count in no figure.</param>
    /// <param name="isPositive">The kind.</param>
    public static LabelledAccounts Of(SybilLedger ledger, BipartiteGraph whole, Predicate<SybilAccount> isPositive)
    {
        var count = ledger.Accounts.Count;
        var (positive, counted, campaign) = (new bool[count], new bool[count], new int[count]);
        Array.Fill(campaign, -1);
        for (var account = 0; account < count; account++)
        {
            positive[account] = isPositive(ledger.Accounts[account]);
            counted[account] = whole.ValuesOf(account).Length > 0 && (positive[account] || ledger.Accounts[account].Group.Length == 0);
        }

        var groups = Enumerable.Range(0, count).Where(account => positive[account] && counted[account])
            .GroupBy(account => ledger.Accounts[account].Group).Where(static group => group.Count() >= MinGroup)
            .OrderBy(static group => group.Key, StringComparer.Ordinal);
        foreach (var (number, group) in groups.Index())
        {
            foreach (var account in group)
            {
                campaign[account] = number;
            }
        }

        return new(positive, counted, campaign, Array.ConvertAll(positive, static isSybil => isSybil ? string.Empty : "eligible"));
    }
}
