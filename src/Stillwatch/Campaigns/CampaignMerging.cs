using Stillwatch.Campaigns.Evidence;
using Stillwatch.Coordination;

namespace Stillwatch.Campaigns;

/// <summary>Joins campaigns of one operator that were found as several groups, so that one decision holds for all its accounts.</summary>
/// <remarks>
/// Two campaigns are one if on either side (what is asked, where it comes from) most members of each use what is typical of the other and
/// rare among all accounts, as much as a member must. Each part was found to be a campaign by itself, so joining them changes what is
/// reported together, never who is reported.
/// </remarks>
internal sealed class CampaignMerging
{
    private const double SameOperatorShare = 0.5;

    private readonly GroupingOptions _options;
    private readonly (MembershipScores Scores, TypicalValues Typical)[] _sides;

    /// <param name="population">All accounts.</param>
    /// <param name="options">What makes a member of a group.</param>
    public CampaignMerging(Population population, GroupingOptions options)
    {
        _options = options;
        _sides = new[] { population.Templates, population.Infrastructure }
            .Select(graph => (new MembershipScores(graph), new TypicalValues(graph, options))).ToArray();
    }

    /// <summary>The campaigns, those of one operator joined, in the order of the strongest part of each.</summary>
    /// <param name="campaigns">The strongest first.</param>
    public IReadOnlyList<JudgedCampaign> Merge(IReadOnlyList<JudgedCampaign> campaigns)
    {
        var home = Enumerable.Range(0, campaigns.Count).ToArray();
        foreach (var (scores, typical) in _sides)
        {
            var shares = Shares(campaigns, scores, typical);
            for (var second = 1; second < campaigns.Count; second++)
            {
                for (var first = 0; first < second; first++)
                {
                    if (Math.Min(shares[first, second], shares[second, first]) >= SameOperatorShare)
                    {
                        Join(home, first, second);
                    }
                }
            }
        }

        return Enumerable.Range(0, campaigns.Count).GroupBy(campaign => Find(home, campaign), campaign => campaigns[campaign])
            .Select(static parts => Union(parts.ToList())).ToList();
    }

    /// <summary>For each two campaigns the share of the second's members that use enough of what is typical of the first.</summary>
    private double[,] Shares(IReadOnlyList<JudgedCampaign> campaigns, MembershipScores scores, TypicalValues typical)
    {
        var shares = new double[campaigns.Count, campaigns.Count];
        for (var first = 0; first < campaigns.Count; first++)
        {
            var core = typical.Of(campaigns[first].Members);
            if (core.Values.Count == 0)
            {
                continue;
            }

            scores.Score(core);
            for (var second = 0; second < campaigns.Count; second++)
            {
                var members = campaigns[second].Members;
                shares[first, second] = (double)members.Count(member => scores[member] >= _options.MinMemberScore) / members.Count;
            }
        }

        return shares;
    }

    private static int Find(int[] home, int campaign)
    {
        while (home[campaign] != campaign)
        {
            campaign = home[campaign];
        }

        return campaign;
    }

    /// <summary>The stronger part, which has the lower number, is the home of both.</summary>
    private static void Join(int[] home, int first, int second)
    {
        var (left, right) = (Find(home, first), Find(home, second));
        home[Math.Max(left, right)] = Math.Min(left, right);
    }

    private static JudgedCampaign Union(List<JudgedCampaign> parts)
    {
        var members = parts.SelectMany(static part => part.Members).ToHashSet();
        return parts[0] with
        {
            Members = members.Order().ToList(),
            Nearby = parts.SelectMany(static part => part.Nearby).Where(account => !members.Contains(account)).Distinct().ToList(),
            Verdict = parts.Max(static part => part.Verdict),
        };
    }
}
