using Stillwatch.Campaigns;
using Stillwatch.Hunting;

namespace Stillwatch.Reporting;

/// <summary>A campaign's finding joined with its picture and its members' verdicts.</summary>
/// <param name="Finding">The finding.</param>
/// <param name="Picture">How it can be drawn; null where the hunt brought none.</param>
/// <param name="Members">All members in the order of <see cref="CampaignMember.Compare"/>.</param>
internal sealed record CampaignReport(CampaignFinding Finding, CampaignPicture? Picture, IReadOnlyList<CampaignMember> Members)
{
    public VerdictCounts Verdicts { get; } = VerdictCounts.Of(Members.Select(member => member.Verdict));

    /// <summary>The campaign's name, safe to show.</summary>
    public string Name => HarmlessText.Of(Finding.Id.Value);

    /// <summary>The name as a heading, saying once that it is a campaign's.</summary>
    public string Heading => Name.StartsWith("campaign", StringComparison.OrdinalIgnoreCase) ? Name : $"Campaign {Name}";
}
