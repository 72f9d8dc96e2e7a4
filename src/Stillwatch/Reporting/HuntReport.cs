using Stillwatch.Campaigns;
using Stillwatch.Hunting;
using Stillwatch.Interactions;

namespace Stillwatch.Reporting;

/// <summary>A hunt's result in the order and with the joins that every way of showing it needs.</summary>
internal sealed class HuntReport
{
    private HuntReport(HuntResult result)
    {
        Findings = result.Findings;
        Background = result.Background;
        var verdicts = new Dictionary<AccountId, AccountFinding>(Findings.Accounts.Count);
        foreach (var account in Findings.Accounts)
        {
            verdicts[account.Account] = account;
        }

        var pictures = result.Pictures.DistinctBy(picture => picture.Id).ToDictionary(picture => picture.Id);
        Campaigns = [.. Findings.Campaigns
            .OrderByDescending(campaign => campaign.Log10EValue)
            .Select(campaign => Join(campaign, pictures.GetValueOrDefault(campaign.Id), verdicts))];
        var members = Findings.Campaigns.SelectMany(campaign => campaign.Accounts).ToHashSet();
        var inside = Findings.Accounts.ToLookup(account => members.Contains(account.Account));
        MemberCount = members.Count;
        InCampaigns = VerdictCounts.Of(inside[true].Select(account => (Verdict?)account.Verdict));
        Outside = [.. inside[false].OrderByDescending(account => account.Verdict).ThenBy(account => account.PValue ?? 1)
            .ThenBy(account => account.Account.Value, StringComparer.Ordinal)];
        OutsideVerdicts = VerdictCounts.Of(Outside.Select(account => (Verdict?)account.Verdict));
    }

    public Findings Findings { get; }

    public IReadOnlyList<PictureDay> Background { get; }

    /// <summary>The strongest first.</summary>
    public IReadOnlyList<CampaignReport> Campaigns { get; }

    /// <summary>Distinct members of all campaigns.</summary>
    public int MemberCount { get; }

    public VerdictCounts InCampaigns { get; }

    /// <summary>Accounts with a verdict that are members of no campaign, the most severe and least likely first.</summary>
    public IReadOnlyList<AccountFinding> Outside { get; }

    public VerdictCounts OutsideVerdicts { get; }

    public static HuntReport Of(HuntResult result) => new(result);

    private static CampaignReport Join(CampaignFinding finding, CampaignPicture? picture, Dictionary<AccountId, AccountFinding> verdicts)
    {
        var drawn = (picture?.Members ?? []).DistinctBy(member => member.Account).ToDictionary(member => member.Account);
        var members = finding.Accounts
            .Select(account => new CampaignMember(account, verdicts.GetValueOrDefault(account), drawn.GetValueOrDefault(account)))
            .ToArray();
        Array.Sort(members, CampaignMember.Compare);
        return new(finding, picture, members);
    }
}
