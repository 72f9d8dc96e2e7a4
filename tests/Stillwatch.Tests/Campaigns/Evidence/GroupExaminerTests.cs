using Stillwatch.Campaigns.Evidence;
using Stillwatch.Coordination;
using Stillwatch.Profiles;
using Stillwatch.Sketching;
using Stillwatch.Statistics;
using Stillwatch.Tests.Coordination;

namespace Stillwatch.Tests.Campaigns.Evidence;

/// <summary>A group examined with a kind of evidence switched off stands where the counterfactual says.</summary>
public sealed class GroupExaminerTests
{
    private const int Accounts = 600;
    private const int Size = 24;
    private const int Groups = 14;
    private const int Found = 10;
    private const long HourMs = 60 * 60 * 1000;
    private const long DayMs = 24 * HourMs;
    private const ulong Seed = 5;

    private static readonly Population Population = MakePopulation();
    private static readonly List<GroupObservation> Observations = MakeObservations();

    /// <summary>Of a side with one test only, taking the test out and not making it are the same.</summary>
    [Theory]
    [InlineData(EvidenceKind.SharedInfrastructure)]
    [InlineData(EvidenceKind.SharedTemplate)]
    [InlineData(EvidenceKind.Elicitation)]
    [InlineData(EvidenceKind.ModelPivot)]
    [InlineData(EvidenceKind.NarrowContent)]
    public void Without_AWholeSide_IsTheExaminationWithTheKindSwitchedOff(EvidenceKind kind)
    {
        var (whole, off) = (Examiner(), Examiner(kind));
        var changed = 0;
        foreach (var group in Observations)
        {
            var examined = whole.Examine(group);
            var without = examined.Findings.Where(finding => finding.Kind == kind)
                .Aggregate(examined, static (left, finding) => left.Without(finding.Kind, finding.Code));
            foreach (var silent in Untold(kind))
            {
                without = without.Without(kind, silent);
            }

            var expected = off.Examine(group);
            Assert.Equal(expected.Combined.Log10, without.Combined.Log10, 1e-9);
            Assert.Equal(expected.Corroboration.Log10, without.Corroboration.Log10, 1e-9);
            changed += Math.Abs(expected.Combined.Log10 - examined.Combined.Log10) > 1e-3 ? 1 : 0;
        }

        Assert.True(kind == EvidenceKind.NarrowContent ? changed == 0 : changed > 0, $"{kind}: {changed} groups differ");
    }

    /// <summary>Two tests of one side are averaged: without one the other counts half; were it switched off, in full.</summary>
    [Theory]
    [InlineData(EvidenceKind.LoadBalance, "load-balance", EvidenceKind.SynchronizedActivity)]
    [InlineData(EvidenceKind.SynchronizedActivity, "synchronized-activity", EvidenceKind.LoadBalance)]
    [InlineData(EvidenceKind.CreationBurst, "creation-burst", EvidenceKind.Replacement)]
    public void Without_OneOfTwoTestsOfASide_AveragesTheOtherWithNoEvidence(EvidenceKind kind, string code, EvidenceKind other)
    {
        var group = Examiner().Examine(Observations[0]);
        var left = group.Without(kind, code);
        var neither = Examiner(kind, other).Examine(Observations[0]);
        var value = group.Findings.FirstOrDefault(finding => finding.Kind == other)?.Value;
        var side = value is { } averaged ? (1 + ((1 + averaged.Value) / 2)) / 2 : 1;
        Assert.Equal(neither.Combined.Log10 + Math.Log10(side), left.Combined.Log10, 1e-9);
        Assert.True(left.Combined < group.Combined);
    }

    [Fact]
    public void Examine_GroupWhoseContentSpeaksAgainstDividedWork_IsExaminedNoFurther()
    {
        var group = Examiner().Examine(Observations[^1]);
        Assert.Equal(group.Content, group.Combined);
        Assert.True(group.Combined <= EValue.One);
        Assert.All(group.Findings, static finding => Assert.True(finding.Kind <= EvidenceKind.WorkPartition));
    }

    /// <summary>What a group could show at best follows from how much was seen of it, not from what that was.</summary>
    [Fact]
    public void Examine_GroupsSeenAsWell_CouldAttainTheSame()
    {
        var attainable = Observations.ConvertAll(static group => Examiner().Examine(group).Attainable);
        Assert.All(attainable, value => Assert.Equal(attainable[0].Log10, value.Log10, 1e-9));
        Assert.True(attainable[0] >= Examiner().Examine(Observations[0]).Content);
        var few = Observations[0] with { Content = Observations[0].Content with { Tested = 1, Interchangeable = 1 } };
        Assert.True(Examiner().Examine(few).Attainable < attainable[0]);
    }

    /// <summary>A group that the laws were not fitted to is examined like the others.</summary>
    [Fact]
    public void Examine_CopyOfAGroup_StandsNearTheGroupItself()
    {
        var examiner = Examiner();
        var (group, copy) = (examiner.Examine(Observations[0]), examiner.Examine(Observations[0] with { Seed = Seed }));
        Assert.Equal(group.Content, copy.Content);
        Assert.InRange(copy.Corroboration.Log10, group.Corroboration.Log10 - 0.2, group.Corroboration.Log10 + 0.2);
    }

    [Fact]
    public void Examine_AnyGroup_TellsEveryTestThatCounts()
    {
        var group = Examiner().Examine(Observations[0]);
        var left = group.Findings.Aggregate(group, static (all, finding) => all.Without(finding.Kind, finding.Code));
        Assert.True(group.Combined.Log10 > 8, group.Combined.ToString());
        Assert.InRange(left.Combined.Log10, -2, 0);
    }

    private static GroupExaminer Examiner(params EvidenceKind[] without) =>
        new(Population, Observations, new InterchangeabilityNulls(), new EvidenceOptions { Without = without.ToHashSet() });

    /// <summary>Codes of tests that count and are not told: values that members share none of, prompts of which few elicit.</summary>
    private static IEnumerable<string> Untold(EvidenceKind kind) =>
        kind is EvidenceKind.SharedInfrastructure or EvidenceKind.SharedTemplate
            ? Enum.GetValues<SharedValueKind>().Select(SharingReasons.Code)
            : ["untold"];

    /// <summary>The first is a campaign in every respect, the last is none; the odd ones were found by infrastructure.</summary>
    private static List<GroupObservation> MakeObservations()
    {
        var g = new SeededGenerator(Seed);
        var groups = new List<GroupObservation>();
        for (var group = 0; group < Groups; group++)
        {
            int[] members = [.. Enumerable.Range(group * Size, Size)];
            var sample = new List<MemberObservation>();
            foreach (var member in members)
            {
                sample.Add(new(member, member, Prompts(group, ref g)));
            }

            var interchangeable = group == 0 ? Size - 1 : group == Groups - 1 ? 0 : Size / 2;
            groups.Add(new(
                new(group % 2 == 0 ? SharingView.Template : SharingView.Infrastructure, members, [], [], Size, []),
                sample,
                new(true, Size, interchangeable, 0.2, 0.1 + (0.01 * group)),
                new(3_000, 0, 200, PValue.FromLog10(-80)),
                Seed + (ulong)group));
        }

        return groups;
    }

    private static PromptObservation[] Prompts(int group, ref SeededGenerator g)
    {
        var prompts = new PromptObservation[20];
        for (var i = 0; i < prompts.Length; i++)
        {
            var hour = group == 0 ? 9 + g.Next(2) : g.Next(24);
            var elicits = g.NextDouble() < (group == 0 ? 0.95 : 0.03 * group);
            prompts[i] = new((i * DayMs) + (hour * HourMs), g.NextUInt64(), 0, [], elicits ? Elicitation.Reasoning : Elicitation.None);
        }

        return prompts;
    }

    private static Population MakePopulation()
    {
        var g = new SeededGenerator(Seed + 100);
        var profiles = new AccountProfile[Accounts];
        var adopted = new long[Accounts];
        for (var account = 0; account < Accounts; account++)
        {
            var campaign = account < Size;
            var first = (g.Next(3) * DayMs) + g.Next((int)DayMs);
            profiles[account] = new AccountProfile
            {
                Account = (ulong)account + 1,
                Interactions = campaign ? 100 + g.Next(5) : 1 + (long)Math.Exp(8 * g.NextDouble()),
                FirstMs = first,
                LastMs = (14 * DayMs) + g.Next((int)DayMs),
                CreatedMs = campaign ? 1 + (g.Next(4) * DayMs) + g.Next(1_000) : 1 + (long)(30 * DayMs * g.NextDouble()),
            };
            adopted[account] = g.NextDouble() < (campaign ? 0.9 : 0.2) ? (7 * DayMs) + 1 : 0;
        }

        var infrastructure = new SightingSet(Accounts);
        var templates = new SightingSet(Accounts);
        Share(infrastructure, SharedValueKind.Payment, 0, ref g);
        Share(infrastructure, SharedValueKind.Address, 0, ref g);
        Share(templates, SharedValueKind.Phrase, Found * Size, ref g);
        Share(templates, SharedValueKind.ToolSet, Size, ref g);
        return new Population(
            new AccountProfiles(profiles, [], []), templates.Parties, templates.Build(), infrastructure.Build(),
            [new ModelRelease(7, 7 * DayMs, adopted)]);
    }

    /// <summary>A value for every four of the accounts from one on, and values that few share by accident.</summary>
    private static void Share(SightingSet set, SharedValueKind kind, int first, ref SeededGenerator g)
    {
        for (var member = 0; member < Size; member++)
        {
            set.Add(first + member, (ulong)(member / 4) + 1, 1, kind);
        }

        for (var value = 0; value < 60; value++)
        {
            set.Add(g.Next(Accounts), (ulong)value + 1_000, 1, kind);
            set.Add(g.Next(Accounts), (ulong)value + 1_000, 1, kind);
        }
    }
}
