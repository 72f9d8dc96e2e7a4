using Stillwatch.Campaigns.Evidence;

namespace Stillwatch.Campaigns;

/// <summary>One group of a campaign with the accounts that it brings in.</summary>
/// <param name="Group">The group with its evidence.</param>
/// <param name="Members">Its members that no stronger part of any campaign claims, ascending.</param>
/// <param name="Nearby">Accounts in no campaign that share much of what is typical of the group, but too little to belong.</param>
/// <param name="Confirmed">Accounts near it that belong because their content is interchangeable with the members'.</param>
/// <param name="Verdict">What is advised for members; for confirmed accounts it is <see cref="Verdict.Restrict"/>.</param>
public sealed record CampaignPart(
    ExaminedGroup Group,
    IReadOnlyList<int> Members,
    IReadOnlyList<int> Nearby,
    IReadOnlyList<int> Confirmed,
    Verdict Verdict);
