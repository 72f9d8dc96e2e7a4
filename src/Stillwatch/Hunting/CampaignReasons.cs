using Stillwatch.Campaigns;
using Stillwatch.Campaigns.Evidence;
using Stillwatch.Campaigns.Reasons;
using Stillwatch.Coordination;
using Stillwatch.Statistics;
using static System.FormattableString;

namespace Stillwatch.Hunting;

/// <summary>Why a group is a campaign, and why an account belongs to it.</summary>
internal static class CampaignReasons
{
    /// <summary>Weaker findings are left out of what people read; they still count.</summary>
    private const double WorthTellingLog10 = 0.3;

    private const double MaxLog10 = 9999;

    /// <summary>The reasons for a campaign: evidence from the strongest on, then what it was found by, then of what parts it is.</summary>
    public static IReadOnlyList<Reason> Of(JudgedCampaign campaign, Population population, SuspicionOptions options)
    {
        var evidence = campaign.Parts.SelectMany(static part => part.Group.Findings)
            .Where(finding => finding.Value.Log10 >= WorthTellingLog10)
            .OrderByDescending(finding => finding.Value.Log10).ThenBy(finding => finding.Kind).DistinctBy(finding => finding.Code)
            .Select(finding => Evidence(campaign, finding, options));
        var found = campaign.Parts.SelectMany(part => FoundBy(part.Group.Observation.Group, population))
            .DistinctBy(static reason => reason.Code);
        return evidence.Concat(found).Concat(Joined(campaign)).ToList();
    }

    /// <summary>A figure as findings carry it: three digits, and finite, as JSON has no infinity.</summary>
    public static double Figure(EValue value) => Math.Round(Math.Clamp(value.Log10, -MaxLog10, MaxLog10), 3);

    /// <summary>Why an account belongs to a campaign, or is near it.</summary>
    public static IReadOnlyList<Reason> Membership(CampaignId campaign, CampaignPart part, AccountMembership account, Population population)
    {
        var reasons = new List<Reason> { Uses(campaign, part.Group.Observation.Group, account, population) };
        if (account.Verdict != Verdict.Review && account.Place > 0)
        {
            reasons.Add(new Reason
            {
                Code = ReasonCodes.JoinedMember,
                Summary = Invariant($"Brought in by group {account.Place + 1} of the campaign, whose own evidence reaches the level."),
                Log10EValue = Figure(part.Group.Combined),
                VerdictWithout = Consequence.Clear,
            });
        }

        if (account.IsConfirmed)
        {
            reasons.Add(new Reason
            {
                Code = ReasonCodes.ConfirmedContent,
                Summary = account switch
                {
                    { IsThinlySeen: true } =>
                        "Shares as much as a member with so few interactions would, and its prompts are interchangeable with the members'.",
                    { Score: >= DoubtfulMembers.FringeScore } =>
                        "Others share what is typical as well, so that says nothing by itself; but its own prompts are interchangeable "
                        + "with the members'.",
                    _ => "Shares too little to belong by that alone, but its own prompts are interchangeable with the members'.",
                },
                VerdictWithout = account.IsThinlySeen ? Consequence.Clear : Consequence.Review,
            });
        }

        return reasons;
    }

    private static Reason Evidence(JudgedCampaign campaign, EvidenceFinding finding, SuspicionOptions options)
    {
        var counterfactual = Counterfactual.Without(campaign, finding.Kind, finding.Code, options);
        return new Reason
        {
            Code = finding.Code,
            Summary = finding.Summary,
            Log10EValue = Figure(finding.Value),
            Log10Without = Figure(counterfactual.Combined),
            VerdictWithout = counterfactual.Consequence,
        };
    }

    private static Reason Uses(CampaignId campaign, CandidateGroup group, AccountMembership account, Population population)
    {
        var core = group.Core.Select(value => value.Value).ToHashSet();
        var used = 0;
        foreach (var use in population.Graph(group.View).UsesOf(account.Account))
        {
            used += core.Contains(use.Value) ? 1 : 0;
        }

        return new Reason
        {
            Code = account.Verdict == Verdict.Review ? ReasonCodes.NearCampaign : ReasonCodes.CampaignMember,
            Summary = Invariant($"Uses {used} of the {core.Count} {Side(group)} that are typical of {campaign} and rare outside it: ")
                + Invariant($"{account.Score:F2} of what the average member shares."),
            VerdictWithout = Consequence.Clear,
        };
    }

    private static IEnumerable<Reason> FoundBy(CandidateGroup group, Population population)
    {
        var graph = population.Graph(group.View);
        return group.Core.GroupBy(core => graph.Value(core.Value).Kind).OrderBy(kind => kind.Key)
            .Select(kind => SharingReasons.Found(kind.Key, kind.Count(), kind.Max(core => core.Share)))
            .Select(finding => new Reason { Code = finding.Code, Summary = finding.Summary });
    }

    private static IEnumerable<Reason> Joined(JudgedCampaign campaign)
    {
        var sizes = string.Join(", ", campaign.Parts.Select(static part => part.Members.Count));
        return campaign.Parts.Count < 2 ? [] :
        [
            new Reason
            {
                Code = ReasonCodes.JoinedGroups,
                Summary = $"Found as {campaign.Parts.Count} groups, which bring in {sizes} accounts: they overlap, or most members of "
                    + "each use what is typical of the others.",
            },
        ];
    }

    private static string Side(CandidateGroup group) =>
        group.View == SharingView.Template ? "phrases, system prompts and tool sets" : "payments, addresses, networks and clients";
}
