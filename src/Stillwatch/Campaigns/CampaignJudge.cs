using Stillwatch.Campaigns.Evidence;
using Stillwatch.Statistics;

namespace Stillwatch.Campaigns;

/// <summary>Decides which examined groups are campaigns, with the false-discovery rate under control.</summary>
internal static class CampaignJudge
{
    /// <summary>The groups that are campaigns, strongest first; an account belongs to the strongest that claims it.</summary>
    public static IReadOnlyList<JudgedCampaign> Judge(
        IReadOnlyList<ExaminedGroup> groups, SuspicionOptions options)
    {
        var control = EBenjaminiHochberg.Control(groups.Select(group => group.Combined).ToArray(), options.FalseDiscoveryRate);
        var claimed = new HashSet<int>();
        var campaigns = new List<JudgedCampaign>();
        var passing = Enumerable.Range(0, groups.Count)
            .Where(index => control.IsRejected(index) && groups[index].Content.Log10 >= options.MinContentLog10)
            .OrderByDescending(index => groups[index].Combined.Log10).ThenBy(index => groups[index].Observation.Seed);
        foreach (var index in passing)
        {
            var group = groups[index];
            var members = group.Observation.Group.Members.Where(claimed.Add).ToList();
            if (members.Count >= options.MinMembers)
            {
                campaigns.Add(new JudgedCampaign(group, members, [], [], VerdictOf(group, options)));
            }
        }

        return campaigns.Select(campaign => campaign with { Nearby = Nearby(campaign, claimed) }).ToList();
    }

    /// <summary>Accounts near a campaign; each is named by the strongest only.</summary>
    private static List<int> Nearby(JudgedCampaign campaign, HashSet<int> claimed) =>
        campaign.Group.Observation.Group.Nearby.Select(near => near.Account).Where(claimed.Add).ToList();

    private static Verdict VerdictOf(ExaminedGroup group, SuspicionOptions options) =>
        group.Corroboration.Log10 >= options.BlockCorroborationLog10 ? Verdict.Block : Verdict.Restrict;
}
