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

    /// <summary>The reasons for a campaign: evidence from the strongest on, then what it was found by.</summary>
    public static IReadOnlyList<Reason> Of(JudgedCampaign campaign, Population population)
    {
        var evidence = campaign.Group.Findings
            .Where(finding => finding.Value.Log10 >= WorthTellingLog10)
            .OrderByDescending(finding => finding.Value.Log10).ThenBy(finding => finding.Kind)
            .Select(finding => new Reason
            {
                Code = finding.Code,
                Summary = finding.Summary,
                Log10EValue = Math.Round(Math.Min(finding.Value.Log10, 9999), 3),
            });
        return evidence.Concat(FoundBy(campaign, population)).ToList();
    }

    /// <summary>Why an account belongs to a campaign.</summary>
    public static Reason Membership(NamedCampaign campaign, int member, Population population)
    {
        var group = campaign.Judged.Group.Observation.Group;
        var graph = population.Graph(group.View);
        var core = group.Core.Select(value => value.Value).ToHashSet();
        var used = 0;
        foreach (var use in graph.UsesOf(member))
        {
            used += core.Contains(use.Value) ? 1 : 0;
        }

        return new Reason
        {
            Code = "campaign-member",
            Summary = Invariant($"Uses {used} of the {core.Count} {Side(group)} that are typical of {campaign.Id} and rare outside it."),
            Log10EValue = Math.Round(Math.Min(campaign.Judged.Group.Combined.Log10, 9999), 3),
        };
    }

    private static IEnumerable<Reason> FoundBy(JudgedCampaign campaign, Population population)
    {
        var group = campaign.Group.Observation.Group;
        var graph = population.Graph(group.View);
        return group.Core.GroupBy(core => graph.Value(core.Value).Kind).OrderBy(kind => kind.Key)
            .Select(kind => SharingReasons.Found(kind.Key, kind.Count(), kind.Max(core => core.Share)))
            .Select(finding => new Reason { Code = finding.Code, Summary = finding.Summary });
    }

    private static string Side(CandidateGroup group) =>
        group.View == SharingView.Template ? "phrases, system prompts and tool sets" : "payments, addresses, networks and clients";
}
