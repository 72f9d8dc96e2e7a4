using Stillwatch.Campaigns.Evidence;
using Stillwatch.Coordination;
using Stillwatch.Sketching;
using Stillwatch.Statistics;
using Stillwatch.Tests.Statistics;

namespace Stillwatch.Tests.Campaigns.Evidence;

/// <summary>A group like the others ranks anywhere among them; one that draws out more than any ranks first.</summary>
public sealed class ElicitationReferenceTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(40)]
    [InlineData(300)]
    public void Examine_GroupLikeTheOthers_HasExpectationAtMostOne(int groups) =>
        NullCalibration.AssertExpectationAtMostOne((ulong)groups, (ref g) =>
        {
            var all = Groups(ref g, groups);
            return new ElicitationReference(all).Examine(all[g.Next(groups)], new(), []);
        }, groups > 100 ? 2_000 : 10_000);

    /// <summary>A group that is none of those it is compared with counts as one more.</summary>
    [Fact]
    public void Examine_GroupOutsideTheOthers_HasExpectationAtMostOne() =>
        NullCalibration.AssertExpectationAtMostOne(7, static (ref g) =>
        {
            var all = Groups(ref g, 20);
            return new ElicitationReference(all[1..]).Examine(all[0], new(), []);
        }, 10_000);

    [Fact]
    public void Examine_AllGroupsAlike_GivesNoEvidence()
    {
        var all = Enumerable.Repeat(Group(0.4, 10), 20).ToList();
        Assert.True(new ElicitationReference(all).Examine(all[3], new(), []) <= EValue.One);
    }

    [Fact]
    public void Examine_GroupThatDrawsOutMost_IsDetectedAndTold()
    {
        var g = new SeededGenerator(1);
        var all = Groups(ref g, 400);
        all.Add(Group(1, 20));
        var findings = new List<EvidenceFinding>();
        Assert.True(new ElicitationReference(all).Examine(all[^1], new(), findings).Value > 5);
        Assert.Equal(["reasoning-elicitation"], findings.Select(static finding => finding.Code));
        Assert.Contains("100 %", Assert.Single(findings).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Examine_SwitchedOff_SaysNothing()
    {
        var all = new List<GroupObservation> { Group(1, 10) };
        var findings = new List<EvidenceFinding>();
        var options = new EvidenceOptions { Without = new HashSet<EvidenceKind> { EvidenceKind.Elicitation } };
        Assert.Equal(EValue.One, new ElicitationReference(all).Examine(all[0], options, findings));
        Assert.Empty(findings);
    }

    private static List<GroupObservation> Groups(ref SeededGenerator g, int count)
    {
        var groups = new List<GroupObservation>(count);
        for (var i = 0; i < count; i++)
        {
            groups.Add(Group(Math.Pow(g.NextDouble(), 2) * 0.9, 20));
        }

        return groups;
    }

    private static GroupObservation Group(double share, int prompts) => new(
        new CandidateGroup(SharingView.Template, [0], [1], [], 1, []),
        [new(0, 0, [.. Enumerable.Range(0, prompts).Select(i =>
            new PromptObservation(i, (ulong)i + 1, 0, [], i < share * prompts ? Elicitation.Reasoning : Elicitation.None))])],
        new(true, 0, 0, 0, 0),
        new(0, 0, 0, PValue.One),
        1);
}
