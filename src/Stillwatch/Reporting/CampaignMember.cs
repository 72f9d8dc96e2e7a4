using Stillwatch.Campaigns;
using Stillwatch.Hunting;
using Stillwatch.Interactions;

namespace Stillwatch.Reporting;

/// <summary>A member of a campaign with what is known of it.</summary>
/// <param name="Account">The account.</param>
/// <param name="Finding">Its verdict and reasons; null for a member that is clear by itself.</param>
/// <param name="Drawn">Its figures; null beyond the members that the picture holds.</param>
internal sealed record CampaignMember(AccountId Account, AccountFinding? Finding, PictureMember? Drawn)
{
    public Verdict? Verdict => Finding?.Verdict ?? Drawn?.Verdict;

    /// <summary>The most severe verdict first, then the busiest, then by name: the order in which a person should look.</summary>
    public static int Compare(CampaignMember left, CampaignMember right)
    {
        var severity = Nullable.Compare(right.Verdict, left.Verdict);
        var volume = severity != 0 ? severity : Nullable.Compare(right.Drawn?.Interactions, left.Drawn?.Interactions);
        return volume != 0 ? volume : string.CompareOrdinal(left.Account.Value, right.Account.Value);
    }
}
