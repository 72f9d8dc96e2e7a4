using Stillwatch.Campaigns.Evidence;

namespace Stillwatch.Campaigns;

/// <summary>Groups that were found to be one campaign.</summary>
/// <param name="Parts">Its groups, the strongest first; an account is in one of them only.</param>
/// <param name="Groups">
/// Every group that passes the gate and is a view or a part of it, also those that bring nobody in: what the campaign could stand on.
/// </param>
/// <param name="Log10Level">Decimal logarithm of the evidence that was demanded of a campaign to be reported.</param>
public sealed record JudgedCampaign(IReadOnlyList<CampaignPart> Parts, IReadOnlyList<ExaminedGroup> Groups, double Log10Level)
{
    /// <summary>The group whose evidence the campaign stands on.</summary>
    public ExaminedGroup Group => Parts[0].Group;

    /// <summary>All members, confirmed ones included, ascending.</summary>
    public IReadOnlyList<int> Members { get; } =
        Parts.SelectMany(static part => part.Members.Concat(part.Confirmed)).Order().ToList();

    /// <summary>All accounts near it, ascending.</summary>
    public IReadOnlyList<int> Nearby { get; } = Parts.SelectMany(static part => part.Nearby).Order().ToList();
}
