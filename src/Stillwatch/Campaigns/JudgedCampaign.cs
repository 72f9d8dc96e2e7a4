using Stillwatch.Campaigns.Evidence;

namespace Stillwatch.Campaigns;

/// <summary>A group that is a campaign.</summary>
/// <param name="Group">The group with its evidence.</param>
/// <param name="Members">Its members that no stronger campaign claims.</param>
/// <param name="Nearby">Accounts in no campaign that share much of what is typical of this one, but too little to belong.</param>
/// <param name="Confirmed">Of these, accounts that belong because their content is interchangeable with the members'.</param>
/// <param name="Verdict">What is advised for members.</param>
public sealed record JudgedCampaign(
    ExaminedGroup Group,
    IReadOnlyList<int> Members,
    IReadOnlyList<int> Nearby,
    IReadOnlyList<int> Confirmed,
    Verdict Verdict);
