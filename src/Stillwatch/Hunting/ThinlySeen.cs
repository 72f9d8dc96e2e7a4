using Stillwatch.Campaigns;
using Stillwatch.Campaigns.Evidence;
using Stillwatch.Coordination;

namespace Stillwatch.Hunting;

/// <summary>
/// Accounts that share less of what is typical of a campaign's part than an account near it, but as much as a member with so few
/// interactions can be expected to. Whether they belong their content has to say.
/// </summary>
/// <param name="population">All accounts.</param>
internal sealed class ThinlySeen(Population population)
{
    /// <summary>
    /// The least score, relative to the average member: below it one phrase that many use by chance is all there is. In composed logs with
    /// 34 parts of campaigns none of 1,077 independent accounts above these two bounds was confirmed by its content, below them 7 of 2,000.
    /// </summary>
    private const double MinScore = 0.1;

    /// <summary>
    /// The fewest typical values that content can confirm an account with: a wording of one's own may hold one by chance, and a phrase that
    /// is rare elsewhere may still be an ordinary one. In composed logs none of nearly 2,000 accounts of campaigns that were confirmed used
    /// one only, but 11 of 17 independent accounts.
    /// </summary>
    public const int MinValues = 2;

    /// <summary>The fewest prompts sent as a member that can confirm such an account: fewer often show no topics of its own.</summary>
    public const int MinPrompts = 10;

    /// <summary>The least share of the expected score, as for a member.</summary>
    private const double MinExpectedShare = 0.5;

    private readonly MembershipScores _scores = new(population.Templates);

    /// <summary>The accounts, those that share most first. Of a part that was not found by wording there are none.</summary>
    public IEnumerable<int> By(CampaignPart part)
    {
        var group = part.Group.Observation.Group;
        if (group.View != SharingView.Template || part.Members.Count == 0)
        {
            return [];
        }

        var expected = new ExpectedScores(population.Templates, group.Core, part.Members.Select(Interactions));
        _scores.Score(new GroupCore([.. group.Core]));
        var values = group.Core.SelectMany(value => population.Templates.UsersOf(value.Value).ToArray())
            .CountBy(static user => user).ToDictionary();
        return _scores.AtLeast(MinScore)
            .Where(account => values[account] >= MinValues)
            .Where(account => _scores[account] >= MinExpectedShare * expected.Of(Interactions(account)))
            .OrderByDescending(account => _scores[account]).ThenBy(static account => account)
            .ToList();
    }

    private long Interactions(int account) => population.Profiles[account].Interactions;
}
