using Stillwatch.Campaigns.Evidence;
using Stillwatch.Statistics;

namespace Stillwatch.Campaigns;

/// <summary>What would stand of a campaign had one of its reasons said nothing.</summary>
/// <param name="Combined">
/// All evidence that would be left: that of the strongest of its groups that would still be reported; if none would, that of the group the
/// campaign stands on now.
/// </param>
/// <param name="Consequence">What would be advised for the members of that group; clear if the campaign would not be reported.</param>
/// <remarks>
/// Exact for the judgement, not only for the sum: under e-BH a campaign whose evidence falls stays reported if and only if it stays at the
/// level that was demanded of it, because a value below that level makes no smaller level reachable. What the group was found by, and who
/// its members are, stays as it is.
/// </remarks>
public sealed record Counterfactual(EValue Combined, Consequence Consequence)
{
    /// <summary>Judges the campaign anew without what a reason tells of.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="kind">The reason's kind of evidence.</param>
    /// <param name="code">Its code.</param>
    /// <param name="options">What the campaign was judged with.</param>
    public static Counterfactual Without(JudgedCampaign campaign, EvidenceKind kind, string code, SuspicionOptions options)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(options);
        var standing = campaign.Groups.Select(group => group.Without(kind, code))
            .Where(group => CampaignJudge.PassesGate(group, options) && group.Combined.Log10 >= campaign.Log10Level)
            .MaxBy(static group => group.Combined.Log10);
        return standing is null
            ? new(campaign.Group.Without(kind, code).Combined, Consequence.Clear)
            : new(standing.Combined, (Consequence)CampaignJudge.VerdictOf(standing, options));
    }
}
