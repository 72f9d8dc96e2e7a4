using Stillwatch.Campaigns;
using Stillwatch.Campaigns.Evidence;
using Stillwatch.Coordination;
using Stillwatch.Statistics;

namespace Stillwatch.Tests.Campaigns;

/// <summary>What a counterfactual says is what judging the whole log anew gives.</summary>
public sealed class CounterfactualTests
{
    private static readonly Func<GroupObservation, IReadOnlySet<int>, EValue> AddedStand = static (_, _) => EValue.FromLog10(2);
    private static readonly SuspicionOptions Options = new() { FalseDiscoveryRate = 0.05, BlockCorroborationLog10 = 1 };

    private static readonly (EvidenceKind Kind, string Code)[] Reasons =
    [
        (EvidenceKind.WorkPartition, "work-partition"), (EvidenceKind.SharedInfrastructure, "shared-payment"),
        (EvidenceKind.SharedInfrastructure, "shared-address"), (EvidenceKind.Elicitation, "rubric-grading"),
        (EvidenceKind.NarrowContent, "narrow-content"),
    ];

    /// <summary>Campaigns of one to three views among groups of no campaign, judged whole and without one campaign's reason.</summary>
    [Fact]
    public void Without_AnyReasonOfAnyCampaign_IsWhatTheJudgeDecides()
    {
        var g = new SeededGenerator(21);
        var outcomes = new Dictionary<Consequence, int>();
        for (var log = 0; log < 400; log++)
        {
            var groups = Log(ref g);
            foreach (var campaign in CampaignJudge.Judge(groups, Options, AddedStand))
            {
                foreach (var (kind, code) in Reasons)
                {
                    var counterfactual = Counterfactual.Without(campaign, kind, code, Options);
                    AssertIsJudgement(groups, campaign, counterfactual, (kind, code));
                    outcomes[counterfactual.Consequence] = outcomes.GetValueOrDefault(counterfactual.Consequence) + 1;
                }
            }
        }

        Assert.All([Consequence.Clear, Consequence.Restrict, Consequence.Block], outcome => Assert.True(outcomes[outcome] > 200));
    }

    [Fact]
    public void Without_WhatWasNotWeighed_IsTheCampaignAsItStands()
    {
        var group = Group(0, 0, 5, 2, 3);
        var campaign = Assert.Single(CampaignJudge.Judge([group], Options, AddedStand));
        var counterfactual = Counterfactual.Without(campaign, EvidenceKind.NarrowContent, "narrow-content", Options);
        Assert.Equal(new(group.Combined, Consequence.Block), counterfactual);
    }

    /// <summary>The lead falls without the payment, but its view, found by the payment, never counted it.</summary>
    [Fact]
    public void Without_WhatOnlyTheStrongestGroupCounts_LeavesTheNextStanding()
    {
        var (lead, view) = (Group(0, 0, 2, 9, 0, address: 0), Group(0, 1, 4, 0, 0));
        var campaign = Assert.Single(CampaignJudge.Judge([lead, view], Options, AddedStand));
        var counterfactual = Counterfactual.Without(campaign, EvidenceKind.SharedInfrastructure, "shared-payment", Options);
        Assert.Equal(new(view.Combined, Consequence.Restrict), counterfactual);
        Assert.Equal(
            Consequence.Clear, Counterfactual.Without(campaign, EvidenceKind.WorkPartition, "work-partition", Options).Consequence);
    }

    private static void AssertIsJudgement(
        List<ExaminedGroup> groups, JudgedCampaign campaign, Counterfactual counterfactual, (EvidenceKind Kind, string Code) reason)
    {
        var members = campaign.Members.ToHashSet();
        var altered = groups.ConvertAll(group =>
            group.Observation.Group.Members.Any(members.Contains) ? group.Without(reason.Kind, reason.Code) : group);
        var left = CampaignJudge.Judge(altered, Options, AddedStand).SingleOrDefault(other => other.Members.Any(members.Contains));
        Assert.Equal(left is null ? Consequence.Clear : (Consequence)left.Parts[0].Verdict, counterfactual.Consequence);
        Assert.Equal(left?.Group.Combined ?? campaign.Group.Without(reason.Kind, reason.Code).Combined, counterfactual.Combined);
    }

    /// <summary>Groups of different places have no member in common, those of one place all but a few.</summary>
    private static List<ExaminedGroup> Log(ref SeededGenerator g)
    {
        var groups = new List<ExaminedGroup>();
        for (var place = 0; place < 12; place++)
        {
            var strength = place < 5 ? 4 : 0.5;
            for (var views = 1 + g.Next(3); views > 0; views--)
            {
                groups.Add(Group(
                    place, views, strength * g.NextDouble(), strength * (g.NextDouble() - 0.2), strength * (g.NextDouble() - 0.2)));
            }
        }

        return groups;
    }

    private static ExaminedGroup Group(
        int place, int view, double content, double payment, double elicitation, double? address = null)
    {
        int[] members = [.. Enumerable.Range((place * 1_000) + view, 20)];
        return ExaminedGroup.Of(
            new(new(SharingView.Template, members, [], [], members.Length, []), [], new(true, 0, 0, 0, 0), new(0, 0, 0, PValue.One),
                (ulong)((place * 10) + view)),
            [],
            new(
                [Value(EvidenceKind.InterchangeableContent, null, 7), Value(EvidenceKind.WorkPartition, null, content)],
                [
                    [
                        Value(EvidenceKind.SharedInfrastructure, "shared-payment", payment),
                        Value(EvidenceKind.SharedInfrastructure, "shared-address", address ?? (payment / 2)),
                    ],
                    [Value(EvidenceKind.Elicitation, null, elicitation)],
                ]));
    }

    private static EvidenceValue Value(EvidenceKind kind, string? code, double log10) => new(kind, code, EValue.FromLog10(log10));
}
