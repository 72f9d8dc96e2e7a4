using System.Globalization;
using MathNet.Numerics;
using Stillwatch.Campaigns.Evidence;
using Stillwatch.Statistics;
using Stillwatch.Tests.Statistics;

namespace Stillwatch.Tests.Campaigns.Evidence;

/// <summary>Groups whose shares follow the null give no evidence on average, also when it is fitted to them.</summary>
public sealed class InterchangeabilityNullTests
{
    [Theory]
    [InlineData(0.1, 10)]
    [InlineData(0.3, 2)]
    [InlineData(0.02, 400)]
    public void EvidenceOf_AllCounts_HasExpectationOne(double mean, double precision)
    {
        var expected = new InterchangeabilityNull(mean, precision);
        foreach (var tested in new[] { 0, 1, 2, 7, 20, 64 })
        {
            Assert.Equal(1, Expectation(expected, tested, mean, precision), 9);
        }
    }

    [Fact]
    public void EvidenceOf_MoreInterchangeableMembers_IsStronger()
    {
        var evidence = Enumerable.Range(0, 31)
            .Select(static hits => new InterchangeabilityNull().EvidenceOf(new(true, 30, hits, 0, 0))).ToList();
        Assert.Equal(evidence.Order(), evidence);
        Assert.True(evidence[0] < EValue.One && evidence[^1].Rejects(1e-6));
    }

    /// <summary>Groups of the log, mean share and precision of their law.</summary>
    public static TheoryData<int, double, double> Logs => new()
    {
        { 5, 0.1, 10 },
        { 1_000, 0.04, 2.7 },
        { 40, 0.04, 30 },
        { 40, 0.1, 10 },
        { 100, 0.1, 10 },
        { 400, 0.1, 10 },
        { 1_000, 0.1, 10 },
        { 3_000, 0.1, 10 },
        { 1_000, 0.05, 30 },
        { 400, 0.2, 20 },
        { 1_000, 0.2, 20 },
    };

    /// <summary>Over many logs, the e-value of one more group of the same law.</summary>
    [Theory]
    [MemberData(nameof(Logs))]
    public void Fit_ToGroupsOfOneLaw_HasExpectationAtMostOne(int groups, double mean, double precision)
    {
        var (generator, expectations) = (new SeededGenerator((ulong)groups), new List<EValue>());
        for (var i = 0; i < 100_000 / (groups + 100); i++)
        {
            var log = Enumerable.Range(0, groups).Select(_ => Group(mean, precision, ref generator)).ToList();
            expectations.Add(EValue.FromValue(Expectation(InterchangeabilityNull.Fit(log), 40, mean, precision)));
        }

        var average = expectations.Average(static value => value.Value);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{average:F4} on average"));
        var next = 0;
        NullCalibration.AssertExpectationAtMostOne(1, (ref _) => expectations[next++], expectations.Count);
    }

    /// <summary>The control: with many like groups the null grows narrower than the default, and campaigns stand out more.</summary>
    [Fact]
    public void Fit_ToManyGroupsThatAreHardlyInterchangeable_DetectsMore()
    {
        var generator = new SeededGenerator(2);
        var log = Enumerable.Range(0, 1_000).Select(_ => Group(0.05, 30, ref generator)).ToList();
        var campaign = new ContentExchangeability(true, 40, 34, 0, 0);
        var (before, after) = (new InterchangeabilityNull().EvidenceOf(campaign), InterchangeabilityNull.Fit(log).EvidenceOf(campaign));
        Assert.True(before.Log10 > 4 && after.Log10 > before.Log10 + 2, $"{before}, then {after}");
    }

    /// <summary>The expectation of the e-value of a group whose share of interchangeable members follows a law.</summary>
    private static double Expectation(InterchangeabilityNull expected, int tested, double mean, double precision) =>
        Enumerable.Range(0, tested + 1).Sum(hits =>
            Probability(hits, tested, mean * precision, (1 - mean) * precision) * expected.EvidenceOf(new(true, tested, hits, 0, 0)).Value);

    /// <summary>Groups none of which has an interchangeable member say nothing about how much groups differ.</summary>
    [Theory]
    [InlineData(12, 0)]
    [InlineData(80, 1)]
    public void Fit_GroupsLikeEachOther_IsTheDefault(int groups, int hits)
    {
        var fitted = InterchangeabilityNull.Fit([.. Enumerable.Repeat(new ContentExchangeability(true, 20, hits, 0, 0), groups)]);
        Assert.Equal((InterchangeabilityNull.DefaultMean, InterchangeabilityNull.DefaultPrecision), (fitted.Mean, fitted.Precision));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 10)]
    [InlineData(0.1, 0)]
    [InlineData(0.1, -1)]
    public void Constructor_NoLaw_IsRefused(double mean, double precision) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new InterchangeabilityNull(mean, precision));

    private static ContentExchangeability Group(double mean, double precision, ref SeededGenerator generator)
    {
        var tested = 5 + generator.Next(40);
        var share = Beta(mean * precision, (1 - mean) * precision, ref generator);
        return new(true, tested, generator.Binomial(tested, share), 0, 0);
    }

    private static double Probability(int hits, int tested, double alpha, double beta) => Math.Exp(
        SpecialFunctions.BinomialLn(tested, hits)
        + SpecialFunctions.BetaLn(alpha + hits, beta + tested - hits) - SpecialFunctions.BetaLn(alpha, beta));

    /// <summary>Two gamma variates by the method of Marsaglia and Tsang (2000).</summary>
    private static double Beta(double alpha, double beta, ref SeededGenerator generator)
    {
        var left = generator.Gamma(alpha);
        return left / (left + generator.Gamma(beta));
    }
}
