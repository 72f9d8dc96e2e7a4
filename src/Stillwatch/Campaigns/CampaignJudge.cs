using Stillwatch.Campaigns.Evidence;
using Stillwatch.Statistics;

namespace Stillwatch.Campaigns;

/// <summary>Decides which examined groups are campaigns, with the false-discovery rate under control.</summary>
/// <remarks>
/// A group that fails the gate, or whose members stronger groups claim, is no campaign however strong its evidence; its e-value is set
/// to 0 before the e-BH procedure and not afterwards, so that the rate holds for the campaigns that are reported: several
/// views of one campaign do not make room for a false one.
/// </remarks>
internal static class CampaignJudge
{
    /// <summary>The groups that are campaigns, strongest first; an account belongs to the strongest that claims it.</summary>
    public static IReadOnlyList<JudgedCampaign> Judge(IReadOnlyList<ExaminedGroup> groups, SuspicionOptions options)
    {
        var candidates = Candidates(groups, options);
        var values = Enumerable.Repeat(EValue.Zero, groups.Count).ToArray();
        foreach (var (index, campaign) in candidates)
        {
            values[index] = campaign.Group.Combined;
        }

        var control = EBenjaminiHochberg.Control(values, options.FalseDiscoveryRate);
        var campaigns = candidates.Where(candidate => control.IsRejected(candidate.Index)).Select(candidate => candidate.Campaign).ToList();
        var claimed = campaigns.SelectMany(campaign => campaign.Members).ToHashSet();
        return campaigns.ConvertAll(campaign => campaign with { Nearby = Nearby(campaign, claimed) });
    }

    /// <summary>The groups past the gate, strongest first, each with the members that no stronger one claims.</summary>
    private static List<(int Index, JudgedCampaign Campaign)> Candidates(IReadOnlyList<ExaminedGroup> groups, SuspicionOptions options)
    {
        var claimed = new HashSet<int>();
        var candidates = new List<(int Index, JudgedCampaign Campaign)>();
        var passing = Enumerable.Range(0, groups.Count)
            .Where(index => groups[index].Content.Log10 >= options.MinContentLog10)
            .OrderByDescending(index => groups[index].Combined.Log10).ThenBy(index => groups[index].Observation.Seed);
        foreach (var index in passing)
        {
            var members = groups[index].Observation.Group.Members.Where(member => !claimed.Contains(member)).ToList();
            if (members.Count >= options.MinMembers)
            {
                claimed.UnionWith(members);
                candidates.Add((index, new JudgedCampaign(groups[index], members, [], [], VerdictOf(groups[index], options))));
            }
        }

        return candidates;
    }

    /// <summary>Accounts near a campaign; each is named by the strongest only.</summary>
    private static List<int> Nearby(JudgedCampaign campaign, HashSet<int> claimed) =>
        campaign.Group.Observation.Group.Nearby.Select(near => near.Account).Where(claimed.Add).ToList();

    private static Verdict VerdictOf(ExaminedGroup group, SuspicionOptions options) =>
        group.Corroboration.Log10 >= options.BlockCorroborationLog10 ? Verdict.Block : Verdict.Restrict;
}
