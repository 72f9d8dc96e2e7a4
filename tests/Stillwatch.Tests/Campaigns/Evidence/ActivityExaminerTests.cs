using Stillwatch.Campaigns.Evidence;
using Stillwatch.Coordination;
using Stillwatch.Profiles;
using Stillwatch.Sketching;
using Stillwatch.Statistics;
using Stillwatch.Tests.Coordination;
using Stillwatch.Tests.Statistics;

namespace Stillwatch.Tests.Campaigns.Evidence;

/// <summary>Groups of one kind of people are more alike than people; only what is more alike than such groups is evidence.</summary>
public sealed class ActivityExaminerTests
{
    private const int Size = 12;
    private const long HourMs = 60 * 60 * 1000;
    private const long DayMs = 24 * HourMs;

    [Theory]
    [InlineData(12)]
    [InlineData(40)]
    public void Examine_GroupLikeTheOthers_HasExpectationsAtMostOne(int groups)
    {
        var (worlds, evidence) = (Worlds((ulong)groups, 400, groups), new List<IReadOnlyList<EvidenceValue>>());
        foreach (var (population, all) in worlds)
        {
            var examiner = new ActivityExaminer(population, all, all[1..], new());
            evidence.Add(examiner.Examine(all[0], []));
        }

        AssertExpectationAtMostOne(evidence.ConvertAll(static tests => tests[0].Value));
        AssertExpectationAtMostOne(evidence.ConvertAll(static tests => tests[1].Value));
    }

    /// <summary>The control: beside accounts alone, such groups would be accused.</summary>
    [Fact]
    public void Examine_WithoutGroupsToCompareWith_IsNotCalibrated()
    {
        var worlds = Worlds(1, 100, 20);
        var evidence = worlds.ConvertAll(static world =>
            new ActivityExaminer(world.Population, world.Groups, [], new()).Examine(world.Groups[0], []));
        Assert.True(evidence.Average(static tests => tests[0].Value.Value) > 1.5);
        Assert.True(evidence.Average(static tests => tests[1].Value.Value) > 1.5);
    }

    [Fact]
    public void Examine_WorkDealtOutEvenlyAroundTheClock_IsDetectedAndTold()
    {
        var g = new SeededGenerator(3);
        var (population, all) = World(ref g, 200, campaign: true);
        var findings = new List<EvidenceFinding>();
        var tests = new ActivityExaminer(population, all, all[1..], new()).Examine(all[0], findings);
        Assert.All(tests, static test => Assert.True(test.Value.Value > 5, test.Value.ToString()));
        Assert.Equal(["load-balance", "synchronized-activity"], findings.Select(static finding => finding.Code));
    }

    [Fact]
    public void Examine_SwitchedOff_SaysNothing()
    {
        var g = new SeededGenerator(4);
        var (population, all) = World(ref g, 12, campaign: true);
        var options = new EvidenceOptions
        {
            Without = new HashSet<EvidenceKind> { EvidenceKind.LoadBalance, EvidenceKind.SynchronizedActivity },
        };
        var findings = new List<EvidenceFinding>();
        Assert.Empty(new ActivityExaminer(population, all, all[1..], options).Examine(all[0], findings));
        Assert.Empty(findings);
    }

    private static void AssertExpectationAtMostOne(List<EValue> values)
    {
        var next = 0;
        NullCalibration.AssertExpectationAtMostOne(1, (ref _) => values[next++], values.Count);
    }

    private static List<(Population Population, List<GroupObservation> Groups)> Worlds(ulong seed, int count, int groups)
    {
        var g = new SeededGenerator(seed);
        var worlds = new List<(Population Population, List<GroupObservation> Groups)>();
        for (var world = 0; world < count; world++)
        {
            worlds.Add(World(ref g, groups, campaign: false));
        }

        return worlds;
    }

    /// <summary>Groups with a usual volume, a spread and hours of their own; the first may be a campaign.</summary>
    private static (Population Population, List<GroupObservation> Groups) World(ref SeededGenerator g, int groups, bool campaign)
    {
        var profiles = new AccountProfile[groups * Size];
        var all = new List<GroupObservation>();
        for (var group = 0; group < groups; group++)
        {
            var isCampaign = campaign && group == 0;
            var (volume, spread) = (3 + (2 * g.NextDouble()), isCampaign ? 0.02 : 0.1 + g.NextDouble());
            var (opens, length) = (g.Next(24), isCampaign ? 1 : 3 + g.Next(12));
            var sample = new List<MemberObservation>();
            for (var account = group * Size; account < (group + 1) * Size; account++)
            {
                var load = Math.Exp(volume + (spread * g.Normal()));
                profiles[account] = new AccountProfile
                {
                    Account = (ulong)account + 1,
                    Interactions = 1 + (long)load,
                    FirstMs = 0,
                    LastMs = DayMs,
                };
                sample.Add(new(account, account, Prompts(ref g, opens, length)));
            }

            int[] members = [.. Enumerable.Range(group * Size, Size)];
            all.Add(new(
                new(SharingView.Template, members, [], [], Size, []), sample, new(true, Size, 0, 0.2, 0.5),
                new(3_000, 0, 200, PValue.One), g.NextUInt64()));
        }

        var nobody = new SightingSet(profiles.Length);
        return (new Population(new AccountProfiles(profiles, [], []), nobody.Parties, nobody.Build(), nobody.Build(), []), all);
    }

    private static PromptObservation[] Prompts(ref SeededGenerator g, int opens, int length)
    {
        var prompts = new PromptObservation[SynchronizedActivityTest.Times];
        for (var i = 0; i < prompts.Length; i++)
        {
            var hour = (opens + g.Next(length)) % 24;
            prompts[i] = new((i * DayMs) + (hour * HourMs), g.NextUInt64(), 0, [], Elicitation.None);
        }

        return prompts;
    }
}
