using Stillwatch.Campaigns.Evidence;
using Stillwatch.Statistics;

namespace Stillwatch.Campaigns;

/// <summary>Decides which examined groups are campaigns, with the false-discovery rate under control.</summary>
/// <remarks>
/// A group that fails the gate is no campaign however strong its evidence. Of groups that overlap by half or more the strongest stands for
/// all: they are views of one campaign. The others' e-values are set to 0 before the e-BH procedure and not afterwards, so that the rate
/// holds for the campaigns that are reported: several views of one campaign do not make room for a false one. A view whose own evidence
/// reaches the level lends the campaign its members.
/// </remarks>
internal static class CampaignJudge
{
    private const double SameCampaignShare = 0.5;

    /// <summary>The groups that are campaigns, strongest first; an account belongs to the strongest that claims it.</summary>
    public static IReadOnlyList<JudgedCampaign> Judge(IReadOnlyList<ExaminedGroup> groups, SuspicionOptions options)
    {
        var claimed = new HashSet<int>();
        var candidates = Candidates(groups, options, claimed);
        var values = Enumerable.Repeat(EValue.Zero, groups.Count).ToArray();
        foreach (var candidate in candidates)
        {
            values[candidate.Index] = groups[candidate.Index].Combined;
        }

        var control = EBenjaminiHochberg.Control(values, options.FalseDiscoveryRate);
        var reported = candidates.FindAll(candidate => control.IsRejected(candidate.Index));
        var level = Math.Log10(groups.Count / (options.FalseDiscoveryRate * Math.Max(1, reported.Count)));
        var campaigns = reported.ConvertAll(candidate => Campaign(candidate, groups, level, claimed, options));
        claimed = campaigns.SelectMany(campaign => campaign.Members).ToHashSet();
        return campaigns.ConvertAll(campaign => campaign with { Nearby = Nearby(campaign, claimed) });
    }

    /// <summary>The groups past the gate, strongest first, each with the members that no stronger one claims and its other views.</summary>
    private static List<Candidate> Candidates(IReadOnlyList<ExaminedGroup> groups, SuspicionOptions options, HashSet<int> claimed)
    {
        var candidates = new List<Candidate>();
        var passing = Enumerable.Range(0, groups.Count)
            .Where(index => groups[index].Content.Log10 >= options.MinContentLog10)
            .OrderByDescending(index => groups[index].Combined.Log10).ThenBy(index => groups[index].Observation.Seed);
        foreach (var index in passing)
        {
            var members = groups[index].Observation.Group.Members;
            if (candidates.Find(candidate => IsSame(candidate.Members, members)) is { } home)
            {
                home.Views.Add(groups[index]);
                continue;
            }

            var free = members.Where(member => !claimed.Contains(member)).ToHashSet();
            if (free.Count >= options.MinMembers)
            {
                claimed.UnionWith(free);
                candidates.Add(new Candidate(index, free, []));
            }
        }

        return candidates;
    }

    private static bool IsSame(HashSet<int> known, IReadOnlyList<int> members) =>
        members.Count(known.Contains) >= SameCampaignShare * Math.Min(known.Count, members.Count);

    private static JudgedCampaign Campaign(
        Candidate candidate, IReadOnlyList<ExaminedGroup> groups, double level, HashSet<int> claimed, SuspicionOptions options)
    {
        var lent = candidate.Views.Where(view => view.Combined.Log10 >= level)
            .SelectMany(view => view.Observation.Group.Members).Where(claimed.Add);
        var group = groups[candidate.Index];
        return new JudgedCampaign(group, candidate.Members.Concat(lent).Order().ToList(), [], [], VerdictOf(group, options));
    }

    /// <summary>Accounts near a campaign; each is named by the strongest only.</summary>
    private static List<int> Nearby(JudgedCampaign campaign, HashSet<int> claimed) =>
        campaign.Group.Observation.Group.Nearby.Select(near => near.Account).Where(claimed.Add).ToList();

    private static Verdict VerdictOf(ExaminedGroup group, SuspicionOptions options) =>
        group.Corroboration.Log10 >= options.BlockCorroborationLog10 ? Verdict.Block : Verdict.Restrict;

    /// <summary>A group that stands for a campaign.</summary>
    /// <param name="Index">Which group.</param>
    /// <param name="Members">Its members that no stronger one claims.</param>
    /// <param name="Views">Weaker groups that overlap with it by half or more.</param>
    private sealed record Candidate(int Index, HashSet<int> Members, List<ExaminedGroup> Views);
}
