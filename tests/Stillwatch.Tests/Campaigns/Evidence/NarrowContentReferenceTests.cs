using Stillwatch.Campaigns.Evidence;
using Stillwatch.Coordination;
using Stillwatch.Statistics;
using Stillwatch.Tests.Statistics;

namespace Stillwatch.Tests.Campaigns.Evidence;

/// <summary>A group like the others ranks anywhere among them; one narrower than any ranks first.</summary>
public sealed class NarrowContentReferenceTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(40)]
    [InlineData(300)]
    public void Examine_GroupLikeTheOthers_HasExpectationAtMostOne(int groups) =>
        NullCalibration.AssertExpectationAtMostOne((ulong)groups, (ref g) =>
        {
            var all = Groups(ref g, groups);
            return new NarrowContentReference(all).Examine(all[g.Next(groups)])!.Value;
        }, groups > 100 ? 2_000 : 10_000);

    /// <summary>A group that is none of those it is compared with counts as one more.</summary>
    [Fact]
    public void Examine_GroupOutsideTheOthers_HasExpectationAtMostOne() =>
        NullCalibration.AssertExpectationAtMostOne(7, static (ref g) =>
        {
            var all = Groups(ref g, 20);
            return new NarrowContentReference(all[1..]).Examine(all[0])!.Value;
        }, 10_000);

    [Fact]
    public void Examine_NarrowestGroup_IsDetectedAndTold()
    {
        var g = new SeededGenerator(1);
        var all = Groups(ref g, 400);
        all.Add(Group(0.95, 20));
        var finding = new NarrowContentReference(all).Examine(all[^1])!;
        Assert.True(finding.Value.Value > 5);
        Assert.Equal((EvidenceKind.NarrowContent, "narrow-content"), (finding.Kind, finding.Code));
        Assert.Contains("0.950", finding.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Examine_TooFewMembersToTell_SaysNothing()
    {
        var g = new SeededGenerator(2);
        var all = Groups(ref g, 20);
        all.Add(Group(0.95, 4));
        Assert.Null(new NarrowContentReference(all).Examine(all[^1]));
        Assert.All(all.Take(20), group => Assert.NotNull(new NarrowContentReference(all).Examine(group)));
    }

    private static List<GroupObservation> Groups(ref SeededGenerator g, int count)
    {
        var groups = new List<GroupObservation>(count);
        for (var i = 0; i < count; i++)
        {
            groups.Add(Group(0.3 * Math.Pow(g.NextDouble(), 3), 5 + g.Next(20)));
        }

        return groups;
    }

    private static GroupObservation Group(double between, int tested) => new(
        new CandidateGroup(SharingView.Template, [0], [1], [], 1, []), [], new(true, tested, 0, 0.4, between), new(0, 0, 0, PValue.One), 1);
}
