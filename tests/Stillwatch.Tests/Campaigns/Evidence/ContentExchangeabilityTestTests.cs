using System.Globalization;
using Stillwatch.Campaigns.Evidence;
using Stillwatch.Statistics;
using Stillwatch.Tests.Statistics;

namespace Stillwatch.Tests.Campaigns.Evidence;

/// <summary>People have topics of their own, also when they use one tool; workers of one list have not.</summary>
public sealed class ContentExchangeabilityTestTests
{
    private static readonly Dictionary<string, SimulatedContent> StrangersLaws = new()
    {
        ["busy"] = new(12, 20, 28, 8, 1),
        ["few prompts"] = new(16, 6, 8, 8, 1),
        ["short prompts"] = new(16, 8, 20, 3, 1),
        ["many"] = new(40, 6, 16, 6, 1),
        ["few topics in all"] = new(12, 12, 24, 8, 1, 6),
        ["half of the prompts about anything"] = new(16, 12, 24, 8, 0.5),
        ["two thirds of the prompts about anything"] = new(16, 12, 24, 8, 0.33),
    };

    private static readonly Dictionary<string, SimulatedContent> WorkersLaws = new()
    {
        ["busy"] = new(12, 20, 28, 8, 0),
        ["few prompts"] = new(16, 6, 8, 8, 0),
        ["many"] = new(40, 6, 16, 6, 0),
    };

    public static TheoryData<string> Strangers => [.. StrangersLaws.Keys];

    [Theory]
    [MemberData(nameof(Strangers))]
    public void Test_MembersWithTopicsOfTheirOwn_HasExpectationAtMostOne(string law)
    {
        var (expected, evidence, shares) = (new InterchangeabilityNulls(), new List<EValue>(), 0.0);
        var generator = new SeededGenerator(1);
        for (var i = 0; i < 2_000; i++)
        {
            var group = ContentExchangeabilityTest.Test(StrangersLaws[law].Draw(ref generator), generator.NextUInt64()).Group;
            evidence.Add(expected.Of(group).EvidenceOf(group));
            shares += group.Share / 2_000;
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{shares:P1} interchangeable, mean e-value {evidence.Average(static value => value.Value):F4}, largest {evidence.Max()}"));
        var next = 0;
        NullCalibration.AssertExpectationAtMostOne(1, (ref _) => evidence[next++], evidence.Count);
    }

    /// <summary>Of workers who show little less is known, and strangers who show little are often taken for workers.</summary>
    [Theory]
    [InlineData("busy", 190)]
    [InlineData("few prompts", 150)]
    [InlineData("many", 160)]
    public void Test_WorkersOfOneList_AreInterchangeable(string law, int least)
    {
        var (generator, shares, found) = (new SeededGenerator(2), 0.0, 0);
        for (var i = 0; i < 200; i++)
        {
            var group = ContentExchangeabilityTest.Test(WorkersLaws[law].Draw(ref generator), generator.NextUInt64()).Group;
            shares += group.Share / 200;
            found += new InterchangeabilityNulls().Of(group).EvidenceOf(group).Rejects(0.03) ? 1 : 0;
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{shares:P1} interchangeable, {found} of 200 found"));
        Assert.InRange(shares, 0.8, 0.97);
        Assert.True(found > least, $"{found} of 200");
    }

    /// <summary>The p-value of a worker is uniform, so nine in ten pass the level of one in ten; a stranger seldom does.</summary>
    [Fact]
    public void CouldBelong_Worker_PassesAndAStrangerSeldom()
    {
        var (generator, workers, strangers) = (new SeededGenerator(3), 0, 0);
        var (work, own) = (new SimulatedContent(24, 12, 24, 8, 0), new SimulatedContent(1, 12, 24, 8, 1));
        for (var i = 0; i < 400; i++)
        {
            var members = work.Draw(ref generator);
            var worker = work.Member(99, 0, ref generator);
            workers += ContentExchangeabilityTest.CouldBelong(members, worker, generator.NextUInt64(), 0) ? 1 : 0;
            strangers += ContentExchangeabilityTest.CouldBelong(
                members, own.Member(99, generator.Next(90), ref generator), generator.NextUInt64(), 0) ? 1 : 0;
        }

        Assert.InRange(workers, 320, 390);
        Assert.InRange(strangers, 0, 8);
    }

    [Fact]
    public void CouldBelong_TooFewPrompts_IsNeverConfirmed()
    {
        var generator = new SeededGenerator(4);
        var members = new SimulatedContent(24, 12, 24, 8, 0).Draw(ref generator);
        var candidate = new SimulatedContent(1, 5, 5, 8, 0).Member(99, 0, ref generator);
        Assert.False(ContentExchangeabilityTest.CouldBelong(members, candidate, 1, 0));
    }

    [Fact]
    public void CouldBelong_FewerPromptsThanAskedFor_IsNotConfirmed()
    {
        var generator = new SeededGenerator(5);
        var members = new SimulatedContent(24, 12, 24, 8, 0).Draw(ref generator);
        var candidates = Enumerable.Range(0, 40).Select(_ => new SimulatedContent(1, 10, 10, 8, 0).Member(99, 0, ref generator)).ToList();
        Assert.InRange(candidates.Count(candidate => ContentExchangeabilityTest.CouldBelong(members, candidate, 1, 0)), 20, 40);
        Assert.DoesNotContain(candidates, candidate => ContentExchangeabilityTest.CouldBelong(members, candidate, 1, 11));
    }

    [Fact]
    public void Test_SameSeed_GivesTheSame()
    {
        var generator = new SeededGenerator(5);
        var members = new SimulatedContent(10, 8, 20, 6, 0.4).Draw(ref generator);
        var (first, second) = (ContentExchangeabilityTest.Test(members, 7), ContentExchangeabilityTest.Test(members, 7));
        Assert.Equal(first.Group, second.Group);
        Assert.Equal(first.Accounts, second.Accounts);
    }

    [Fact]
    public void Test_OneConversationAndOneText_CountOnce()
    {
        var generator = new SeededGenerator(6);
        var members = new SimulatedContent(6, 12, 12, 8, 0).Draw(ref generator);
        var talk = members[0].Prompts.Select(static prompt => prompt with { Opening = 5 }).ToList();
        var text = members[0].Prompts.Select(static prompt => prompt with { Prompt = 5 }).ToList();
        Assert.Equal(6, ContentExchangeabilityTest.Test(members, 1).Group.Tested);
        Assert.Equal(5, ContentExchangeabilityTest.Test([members[0] with { Prompts = talk }, .. members[1..]], 1).Group.Tested);
        Assert.Equal(5, ContentExchangeabilityTest.Test([members[0] with { Prompts = text }, .. members[1..]], 1).Group.Tested);
    }

    [Fact]
    public void Test_WorkOfOneHour_DoesNotSpeakForAMembersTopics()
    {
        var generator = new SeededGenerator(7);
        var members = new SimulatedContent(6, 12, 12, 8, 0).Draw(ref generator);
        var hurried = members[0].Prompts.Select(static (prompt, i) => prompt with { ObservedAtMs = i * 60_000 }).ToList();
        Assert.Equal(5, ContentExchangeabilityTest.Test([members[0] with { Prompts = hurried }, .. members[1..]], 1).Group.Tested);
    }

    [Fact]
    public void Test_NoMembersOrOne_TestsNobody()
    {
        var generator = new SeededGenerator(8);
        Assert.Equal(new ContentExchangeability(false, 0, 0, 0, 0), ContentExchangeabilityTest.Test([], 1).Group);
        Assert.Equal(0, ContentExchangeabilityTest.Test(new SimulatedContent(1, 12, 12, 8, 0).Draw(ref generator), 1).Group.Tested);
    }
}
