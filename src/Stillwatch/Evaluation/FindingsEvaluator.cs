using Stillwatch.Campaigns;
using Stillwatch.Interactions;

namespace Stillwatch.Evaluation;

/// <summary>Compares the findings of a hunt or a replay with the truth.</summary>
/// <remarks>
/// Accounts without a label are left out of every figure and counted apart, so that a truth for a part of the log judges that part only.
/// Takes time and memory in proportion to the accounts.
/// </remarks>
public static class FindingsEvaluator
{
    private const string UnnamedClass = "unnamed";

    /// <param name="findings">What was found.</param>
    /// <param name="truth">What is so.</param>
    public static EvaluationReport Evaluate(Findings findings, Truth truth)
    {
        ArgumentNullException.ThrowIfNull(findings);
        ArgumentNullException.ThrowIfNull(truth);
        var verdicts = new VerdictTable(findings);
        var campaigns = new CampaignMatching(findings, truth, verdicts);
        var (benign, guilty) = Split(truth);
        var falseCampaigns = campaigns.FalseCampaigns();
        return new()
        {
            BenignAccounts = benign.Count,
            CampaignAccounts = guilty.Count,
            UnseenAccounts = truth.Unseen,
            UnlabelledAccounts = verdicts.Named.Count(account => !truth.Accounts.ContainsKey(account)),
            Acted = Accuracy(verdicts.IsActed, verdicts, benign, guilty),
            Flagged = Accuracy(verdicts.IsFlagged, verdicts, benign, guilty),
            CampaignRecall = Proportion.Exact(campaigns.Found.Count(campaign => campaign.Detected), campaigns.Found.Count),
            CampaignPrecision = Proportion.Exact(campaigns.Judged - falseCampaigns.Count, campaigns.Judged),
            FalseCampaigns = falseCampaigns,
            Campaigns = campaigns.Found,
            BenignClasses = [.. ByClass(benign, verdicts)],
        };
    }

    private static (List<AccountTruth> Benign, List<AccountTruth> Guilty) Split(Truth truth)
    {
        var byLabel = truth.Accounts.Values.ToLookup(account => account.Label);
        return ([.. byLabel[AccountLabel.Benign]], [.. byLabel[AccountLabel.Campaign]]);
    }

    private static AccountAccuracy Accuracy(
        Func<AccountId, bool> isPositive, VerdictTable verdicts, List<AccountTruth> benign, List<AccountTruth> guilty)
    {
        var truePositives = guilty.Count(account => isPositive(account.Account));
        var falsePositives = benign.Count(account => isPositive(account.Account));
        return new()
        {
            Precision = Proportion.Exact(truePositives, truePositives + falsePositives),
            Recall = Proportion.Exact(truePositives, guilty.Count),
            FalsePositiveRate = Proportion.Exact(falsePositives, benign.Count),
            RecallInCampaigns = Proportion.Exact(
                guilty.Count(account => isPositive(account.Account) && verdicts.IsMember(account.Account)), guilty.Count),
        };
    }

    private static IEnumerable<ClassAccuracy> ByClass(List<AccountTruth> benign, VerdictTable verdicts) =>
        benign.GroupBy(account => account.Class ?? UnnamedClass)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new ClassAccuracy
            {
                Class = group.Key,
                Acted = Proportion.Exact(group.Count(account => verdicts.IsActed(account.Account)), group.Count()),
                Flagged = Proportion.Exact(group.Count(account => verdicts.IsFlagged(account.Account)), group.Count()),
            });
}
