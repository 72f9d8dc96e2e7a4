namespace Stillwatch.Benchmarks.Detection.Metrics;

/// <summary>The truth about the accounts of one data set, by number.</summary>
/// <param name="Positive">Whether an account acts for a campaign.</param>
/// <param name="Counted">Whether an account counts at all: it is labelled, and was there to be found.</param>
/// <param name="Campaign">The campaign's number; -1 for benign accounts.</param>
/// <param name="Classes">The kind of benign account, or the family of the campaign; empty where there is none.</param>
internal sealed record LabelledAccounts(bool[] Positive, bool[] Counted, int[] Campaign, string[] Classes)
{
    /// <summary>Accounts that count and act for a campaign.</summary>
    public int Positives => Count(true);

    /// <summary>Accounts that count and are benign.</summary>
    public int Negatives => Count(false);

    /// <summary>The accounts of each campaign that has any, in the order of its number.</summary>
    public IReadOnlyList<int[]> Campaigns() =>
    [
        .. Enumerable.Range(0, Campaign.Length).Where(account => Counted[account] && Campaign[account] >= 0)
            .GroupBy(account => Campaign[account]).OrderBy(static campaign => campaign.Key).Select(static campaign => campaign.ToArray()),
    ];

    private int Count(bool positive) =>
        Enumerable.Range(0, Positive.Length).Count(account => Counted[account] && Positive[account] == positive);
}
