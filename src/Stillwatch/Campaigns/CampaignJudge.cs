using Stillwatch.Campaigns.Evidence;
using Stillwatch.Statistics;

namespace Stillwatch.Campaigns;

/// <summary>Decides which examined groups are campaigns, with the false-discovery rate under control.</summary>
/// <remarks>
/// A group that fails the gate is no campaign however strong its evidence; one of which too little was seen to pass it, whatever that were,
/// is no hypothesis and does not count among them. Groups that overlap by half or more are views of one campaign,
/// and so are groups of one operator (<see cref="OperatorMatching"/>): the strongest stands for all. The others' e-values are set to 0
/// before the e-BH procedure and not afterwards, so that the rate holds for the campaigns that are reported: many parts of one campaign
/// make no room for a false one. A part whose own evidence reaches the level brings its members in, with the verdict that this evidence
/// gives them. A view owes its evidence to members whom the campaign has already, so those whom it adds come in together only if their
/// own content passes the gate without the others; else they are near, and each has its content examined.
/// </remarks>
internal static class CampaignJudge
{
    private const double SameCampaignShare = 0.5;

    /// <summary>The groups that are campaigns, strongest first; an account belongs to the strongest that claims it.</summary>
    /// <param name="examined">All groups that were examined.</param>
    /// <param name="options">How much evidence each consequence needs.</param>
    /// <param name="contentOf">Evidence of divided work among some members of a group alone.</param>
    /// <param name="operators">Tells which groups are of one operator; null for none.</param>
    public static IReadOnlyList<JudgedCampaign> Judge(
        IReadOnlyList<ExaminedGroup> examined,
        SuspicionOptions options,
        Func<GroupObservation, IReadOnlySet<int>, EValue> contentOf,
        OperatorMatching? operators = null)
    {
        var groups = examined.Where(group => group.Attainable.Log10 >= options.MinContentLog10).ToList();
        var candidates = Candidates(groups, options);
        var homes = operators?.Match(candidates.ConvertAll(static candidate => candidate.Members))
            ?? [.. Enumerable.Range(0, candidates.Count)];
        var values = Enumerable.Repeat(EValue.Zero, groups.Count).ToArray();
        foreach (var home in homes.Distinct())
        {
            values[candidates[home].Index] = candidates[home].Group.Combined;
        }

        var control = EBenjaminiHochberg.Control(values, options.FalseDiscoveryRate);
        var level = Math.Log10(groups.Count / (options.FalseDiscoveryRate * Math.Max(1, control.Rejected.Length)));
        var reported = Enumerable.Range(0, candidates.Count).GroupBy(candidate => homes[candidate], candidate => candidates[candidate])
            .Where(parts => control.IsRejected(candidates[parts.Key].Index)).Select(static parts => parts.ToList()).ToList();
        return Campaigns(reported, new Demand(level, options, contentOf));
    }

    /// <summary>Whether there is evidence enough that one list of work is divided among the members.</summary>
    public static bool PassesGate(ExaminedGroup group, SuspicionOptions options) => group.Content.Log10 >= options.MinContentLog10;

    /// <summary>What is advised for the members of a group that is reported.</summary>
    public static Verdict VerdictOf(ExaminedGroup group, SuspicionOptions options) =>
        group.Corroboration.Log10 >= options.BlockCorroborationLog10 ? Verdict.Block : Verdict.Restrict;

    /// <summary>
    /// The groups past the gate that can reach the level, strongest first, each with the members that no stronger one claims and its views.
    /// </summary>
    private static List<Candidate> Candidates(List<ExaminedGroup> groups, SuspicionOptions options)
    {
        var claimed = new HashSet<int>();
        var candidates = new List<Candidate>();
        var passing = Enumerable.Range(0, groups.Count)
            .Where(index => PassesGate(groups[index], options) && groups[index].Combined.Log10 >= -Math.Log10(options.FalseDiscoveryRate))
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
                candidates.Add(new Candidate(index, groups[index], free, []));
            }
        }

        return candidates;
    }

    private static bool IsSame(HashSet<int> known, IReadOnlyList<int> members) =>
        members.Count(known.Contains) >= SameCampaignShare * Math.Min(known.Count, members.Count);

    /// <summary>Gives every account to one part: members first, then whom views bring in, then who is near.</summary>
    /// <param name="reported">For each campaign its candidates, the strongest first; those below the level bring nobody in.</param>
    /// <param name="demand">What is demanded of each.</param>
    private static List<JudgedCampaign> Campaigns(List<List<Candidate>> reported, Demand demand)
    {
        var parts = reported.ConvertAll(candidates =>
            candidates.Where((part, place) => place == 0 || part.Group.Combined.Log10 >= demand.Level).ToList());
        var claimed = parts.SelectMany(static campaign => campaign).SelectMany(static part => part.Members).ToHashSet();
        var campaigns = parts.ConvertAll(campaign => campaign.SelectMany(part => Parts(part, claimed, demand)).ToList());
        var groups = reported.ConvertAll(static candidates =>
            candidates.SelectMany(static part => part.Views.Prepend(part.Group)).ToList());
        return [.. campaigns.Zip(groups, (campaign, all) =>
            new JudgedCampaign(campaign.ConvertAll(part => part with { Nearby = Nearby(part, claimed) }), all, demand.Level))];
    }

    private static IEnumerable<CampaignPart> Parts(Candidate candidate, HashSet<int> claimed, Demand demand)
    {
        yield return Part(candidate.Group, candidate.Members, demand.Options);
        foreach (var view in candidate.Views.Where(view => view.Combined.Log10 >= demand.Level))
        {
            if (view.Observation.Group.Members.Where(claimed.Add).ToHashSet() is { Count: > 0 } added)
            {
                var stand = demand.ContentOf(view.Observation, added).Log10 >= demand.Options.MinContentLog10;
                var part = Part(view, stand ? added : [], demand.Options);
                yield return stand ? part : part with { Nearby = added.Order().ToList() };
            }
        }
    }

    private static CampaignPart Part(ExaminedGroup group, IEnumerable<int> members, SuspicionOptions options) =>
        new(group, members.Order().ToList(), [], [], VerdictOf(group, options));

    /// <summary>Accounts near a part; each is named by the strongest only.</summary>
    private static List<int> Nearby(CampaignPart part, HashSet<int> claimed) =>
        [.. part.Nearby, .. part.Group.Observation.Group.Nearby.Select(near => near.Account).Where(claimed.Add)];

    /// <summary>What is demanded of the parts of campaigns.</summary>
    /// <param name="Level">Decimal logarithm of the evidence that a part needs.</param>
    /// <param name="Options">How much evidence each consequence needs.</param>
    /// <param name="ContentOf">Evidence of divided work among some members of a group alone.</param>
    private sealed record Demand(double Level, SuspicionOptions Options, Func<GroupObservation, IReadOnlySet<int>, EValue> ContentOf);

    /// <summary>A group that can stand for a campaign.</summary>
    /// <param name="Index">Its place among all groups.</param>
    /// <param name="Group">The group.</param>
    /// <param name="Members">Its members that no stronger one claims.</param>
    /// <param name="Views">Weaker groups that overlap with it by half or more.</param>
    private sealed record Candidate(int Index, ExaminedGroup Group, HashSet<int> Members, List<ExaminedGroup> Views);
}
