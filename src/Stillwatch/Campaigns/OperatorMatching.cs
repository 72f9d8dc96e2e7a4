using Stillwatch.Campaigns.Evidence;
using Stillwatch.Coordination;

namespace Stillwatch.Campaigns;

/// <summary>Tells which groups are of one operator, so that one decision holds for all its accounts.</summary>
/// <remarks>
/// Two groups are of one operator if on either side (what is asked, where it comes from) most members of each use what is typical of the
/// other and rare among all accounts, as much as a member must.
/// </remarks>
internal sealed class OperatorMatching
{
    private const double SameOperatorShare = 0.5;

    private readonly (MembershipScores Scores, TypicalValues Typical, double MinScore)[] _sides;

    /// <param name="population">All accounts.</param>
    /// <param name="templates">What makes a member of a group that asks alike.</param>
    /// <param name="infrastructure">What makes a member of a group that comes from the same places.</param>
    public OperatorMatching(Population population, GroupingOptions templates, GroupingOptions infrastructure) => _sides =
    [
        (new(population.Templates), new(population.Templates, templates), templates.MinMemberScore),
        (new(population.Infrastructure), new(population.Infrastructure, infrastructure), infrastructure.MinMemberScore),
    ];

    /// <summary>For each group the first one of the same operator, which may be itself.</summary>
    /// <param name="groups">Members of the groups.</param>
    public int[] Match(IReadOnlyList<IReadOnlyCollection<int>> groups)
    {
        var homes = Enumerable.Range(0, groups.Count).ToArray();
        foreach (var (scores, typical, minScore) in _sides)
        {
            var shares = Shares(groups, scores, typical, minScore);
            for (var second = 1; second < groups.Count; second++)
            {
                for (var first = 0; first < second; first++)
                {
                    if (Math.Min(shares[first, second], shares[second, first]) >= SameOperatorShare)
                    {
                        Join(homes, first, second);
                    }
                }
            }
        }

        return homes.Select(home => Find(homes, home)).ToArray();
    }

    /// <summary>For each two groups the share of the second's members that use enough of what is typical of the first.</summary>
    private static double[,] Shares(
        IReadOnlyList<IReadOnlyCollection<int>> groups, MembershipScores scores, TypicalValues typical, double minScore)
    {
        var shares = new double[groups.Count, groups.Count];
        for (var first = 0; first < groups.Count; first++)
        {
            var core = typical.Of(groups[first]);
            if (core.Values.Count == 0)
            {
                continue;
            }

            scores.Score(core);
            for (var second = 0; second < groups.Count; second++)
            {
                shares[first, second] = (double)groups[second].Count(member => scores[member] >= minScore) / groups[second].Count;
            }
        }

        return shares;
    }

    private static int Find(int[] homes, int group)
    {
        while (homes[group] != group)
        {
            group = homes[group];
        }

        return group;
    }

    private static void Join(int[] homes, int first, int second)
    {
        var (left, right) = (Find(homes, first), Find(homes, second));
        homes[Math.Max(left, right)] = Math.Min(left, right);
    }
}
