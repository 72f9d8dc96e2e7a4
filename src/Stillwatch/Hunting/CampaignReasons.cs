using Stillwatch.Campaigns;
using Stillwatch.Campaigns.Evidence;
using Stillwatch.Coordination;
using static System.FormattableString;

namespace Stillwatch.Hunting;

/// <summary>Why a group is a campaign, and why an account belongs to it.</summary>
internal static class CampaignReasons
{
    /// <summary>Weaker findings are left out of what people read; they still count.</summary>
    private const double WorthTellingLog10 = 0.3;

    /// <summary>The reasons for a campaign: evidence from the strongest on, then what it was found by, then of what parts it is.</summary>
    public static IReadOnlyList<Reason> Of(JudgedCampaign campaign, Population population)
    {
        var evidence = campaign.Parts.SelectMany(static part => part.Group.Findings)
            .Where(finding => finding.Value.Log10 >= WorthTellingLog10)
            .OrderByDescending(finding => finding.Value.Log10).ThenBy(finding => finding.Kind).DistinctBy(finding => finding.Code)
            .Select(finding => new Reason
            {
                Code = finding.Code,
                Summary = finding.Summary,
                Log10EValue = Math.Round(Math.Min(finding.Value.Log10, 9999), 3),
            });
        var found = campaign.Parts.SelectMany(part => FoundBy(part.Group.Observation.Group, population))
            .DistinctBy(static reason => reason.Code);
        return evidence.Concat(found).Concat(Joined(campaign)).ToList();
    }

    /// <summary>Why an account belongs to a campaign, or is near it.</summary>
    public static Reason Membership(CampaignId campaign, CandidateGroup group, int account, Verdict verdict, Population population)
    {
        var core = group.Core.Select(value => value.Value).ToHashSet();
        var used = 0;
        foreach (var use in population.Graph(group.View).UsesOf(account))
        {
            used += core.Contains(use.Value) ? 1 : 0;
        }

        return new Reason
        {
            Code = verdict == Verdict.Review ? "near-campaign" : "campaign-member",
            Summary = Invariant($"Uses {used} of the {core.Count} {Side(group)} that are typical of {campaign} and rare outside it."),
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
                Code = "joined-groups",
                Summary = $"Found as {campaign.Parts.Count} groups, which bring in {sizes} accounts: they overlap, or most members of "
                    + "each use what is typical of the others.",
            },
        ];
    }

    private static string Side(CandidateGroup group) =>
        group.View == SharingView.Template ? "phrases, system prompts and tool sets" : "payments, addresses, networks and clients";
}
