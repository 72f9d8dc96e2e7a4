using Stillwatch.Campaigns.Evidence;
using Stillwatch.Statistics;

namespace Stillwatch.Tests.Campaigns.Evidence;

/// <summary>The combination against the same formula in plain numbers, whole and with tests taken out.</summary>
public sealed class CombinedEvidenceTests
{
    private static readonly (EvidenceKind Kind, string? Code)[][] Layout =
    [
        [(EvidenceKind.SharedInfrastructure, "shared-payment"), (EvidenceKind.SharedInfrastructure, "shared-address")],
        [(EvidenceKind.LoadBalance, null), (EvidenceKind.SynchronizedActivity, null)],
        [(EvidenceKind.Elicitation, null)],
        [(EvidenceKind.ModelPivot, null), (EvidenceKind.ModelPivot, null)],
        [],
    ];

    private static readonly (EvidenceKind Kind, string Code)[] Reasons =
    [
        (EvidenceKind.InterchangeableContent, "interchangeable-content"), (EvidenceKind.WorkPartition, "work-partition"),
        (EvidenceKind.SharedInfrastructure, "shared-payment"), (EvidenceKind.SharedInfrastructure, "shared-address"),
        (EvidenceKind.LoadBalance, "load-balance"), (EvidenceKind.SynchronizedActivity, "synchronized-activity"),
        (EvidenceKind.Elicitation, "reasoning-elicitation"), (EvidenceKind.ModelPivot, "model-pivot"),
    ];

    [Fact]
    public void Without_AnyReason_IsTheFormulaWithOneInItsPlace()
    {
        var g = new SeededGenerator(11);
        for (var round = 0; round < 2_000; round++)
        {
            var (content, sides) = Draw(ref g);
            var evidence = new CombinedEvidence(content, sides);
            Assert.Equal(Formula(content, sides, static _ => false), evidence.Combined.Log10, 1e-9);
            foreach (var (kind, code) in Reasons)
            {
                var left = evidence.Without(kind, code);
                Assert.Equal(Formula(content, sides, test => test.Kind == kind && (test.Code ?? code) == code), left.Combined.Log10, 1e-9);
                Assert.Equal(left.Combined.Log10, left.Content.Log10 + left.Corroboration.Log10, 1e-9);
            }
        }
    }

    [Fact]
    public void Without_WhatSpeaksForACampaign_NeverRaises_AndWhatSpeaksAgainst_NeverLowers()
    {
        var g = new SeededGenerator(12);
        var (raised, lowered) = (0, 0);
        for (var round = 0; round < 2_000; round++)
        {
            var (content, sides) = Draw(ref g);
            var evidence = new CombinedEvidence(content, sides);
            var tests = content.Concat(sides.SelectMany(static side => side));
            foreach (var test in tests.Where(static test => test.Kind != EvidenceKind.ModelPivot))
            {
                var change = evidence.Without(test.Kind, test.Code ?? "any").Combined.Log10 - evidence.Combined.Log10;
                Assert.True(test.Value > EValue.One ? change <= 1e-12 : change >= -1e-12, $"{test}: {change}");
                (raised, lowered) = (raised + (change > 1e-6 ? 1 : 0), lowered + (change < -1e-6 ? 1 : 0));
            }
        }

        Assert.True(raised > 1_000 && lowered > 1_000, $"{raised} raised, {lowered} lowered");
    }

    [Fact]
    public void Without_AReasonThatHasNoTest_ChangesNothing()
    {
        var g = new SeededGenerator(13);
        var (content, sides) = Draw(ref g);
        var evidence = new CombinedEvidence(content, sides);
        Assert.Equal(evidence.Combined, evidence.Without(EvidenceKind.NarrowContent, "narrow-content").Combined);
        Assert.Equal(evidence.Combined, evidence.Without(EvidenceKind.SharedInfrastructure, "shared-client").Combined);
    }

    [Fact]
    public void Without_EveryReason_LeavesNothing()
    {
        var g = new SeededGenerator(14);
        var (content, sides) = Draw(ref g);
        var left = Reasons.Aggregate(new CombinedEvidence(content, sides), static (all, reason) => all.Without(reason.Kind, reason.Code));
        Assert.Equal(0, left.Combined.Log10, 1e-12);
        Assert.Equal(EValue.One, CombinedEvidence.None.Combined);
    }

    [Fact]
    public void Without_ATestOfContent_LeavesNoMoreThanNoEvidence()
    {
        var evidence = new CombinedEvidence(
            [Value(EvidenceKind.InterchangeableContent, null, 6), Value(EvidenceKind.WorkPartition, null, 109)], []);
        Assert.Equal(6, evidence.Content.Log10);
        Assert.Equal(0, evidence.Without(EvidenceKind.WorkPartition, "work-partition").Content.Log10);
        Assert.Equal(0, evidence.Without(EvidenceKind.InterchangeableContent, "interchangeable-content").Content.Log10);
    }

    /// <summary>Past what a plain number holds the mean and the bet are still told.</summary>
    [Fact]
    public void Combined_OfHugeEvidence_IsFinite()
    {
        var evidence = new CombinedEvidence(
            [Value(EvidenceKind.WorkPartition, null, 3_000)],
            [[Value(EvidenceKind.CreationBurst, null, 2_000), Value(EvidenceKind.Replacement, null, 0)]]);
        Assert.Equal(5_000 - Math.Log10(2), evidence.Combined.Log10, 0.31);
        Assert.Equal(3_000, evidence.Without(EvidenceKind.CreationBurst, "creation-burst").Combined.Log10, 1e-9);
    }

    private static (EvidenceValue[] Content, EvidenceValue[][] Sides) Draw(ref SeededGenerator g)
    {
        var content = new[]
        {
            Value(EvidenceKind.InterchangeableContent, null, Log(ref g)), Value(EvidenceKind.WorkPartition, null, Log(ref g)),
        };
        var sides = new EvidenceValue[Layout.Length][];
        for (var side = 0; side < sides.Length; side++)
        {
            sides[side] = new EvidenceValue[Layout[side].Length];
            for (var test = 0; test < sides[side].Length; test++)
            {
                sides[side][test] = Value(Layout[side][test].Kind, Layout[side][test].Code, Log(ref g));
            }
        }

        return (content, sides);
    }

    private static double Log(ref SeededGenerator g) => (g.NextDouble() * 8) - 2;

    private static EvidenceValue Value(EvidenceKind kind, string? code, double log10) => new(kind, code, EValue.FromLog10(log10));

    private static double Formula(EvidenceValue[] content, EvidenceValue[][] sides, Func<EvidenceValue, bool> isSilent)
    {
        var product = content.Min(Plain);
        foreach (var side in sides)
        {
            product *= side.Length == 0 ? 1 : (1 + (side.Sum(Plain) / side.Length)) / 2;
        }

        return Math.Log10(product);

        double Plain(EvidenceValue test) => isSilent(test) ? 1 : Math.Pow(10, test.Value.Log10);
    }
}
