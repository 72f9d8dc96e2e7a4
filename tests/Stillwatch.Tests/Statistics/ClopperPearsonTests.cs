using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

public sealed class ClopperPearsonTests
{
    /// <summary>
    /// python3: 190 halvings of [0, 1] on exact binomial sums in decimal.Decimal at 60 digits. R's binom.test(5, 20) agrees.
    /// </summary>
    [Theory]
    [InlineData(5, 20, 0.95, 0.08657146910143454, 0.49104587170795755)]
    [InlineData(0, 10, 0.95, 0, 0.30849710781876083)]
    [InlineData(10, 10, 0.95, 0.6915028921812392, 1)]
    [InlineData(1, 1000, 0.999999, 5.000001248750416e-10, 0.017279905261208522)]
    [InlineData(3, 7, 0.9, 0.12875639280424267, 0.7746784159675523)]
    [InlineData(81, 263, 0.99, 0.23683735816553864, 0.386258325669745)]
    public void Interval_GoldenValues_AgreeToTenDigits(long k, long n, double confidence, double lower, double upper)
    {
        var interval = ClopperPearson.Interval(k, n, confidence);
        Assert.Equal(lower, interval.Lower, 1e-10 * lower);
        Assert.Equal(upper, interval.Upper, 1e-10 * upper);
    }

    /// <summary>With no success in n trials, the 95 % upper limit is about 3/n, exactly 1 - 0.05^(1/n).</summary>
    [Theory]
    [InlineData(100)]
    [InlineData(1_000)]
    [InlineData(100_000)]
    [InlineData(10_000_000_000)]
    public void UpperLimit_NoSuccess_FollowsTheRuleOfThree(long n)
    {
        var limit = ClopperPearson.UpperLimit(0, n, 0.95);
        Assert.Equal(-double.ExpM1(Math.Log(0.05) / n), limit, 1e-6 * limit);
        Assert.InRange(limit * n, 2.9, 3.0);
    }

    [Fact]
    public void Limits_OneSided_AreThoseOfTheTwoSidedIntervalAtDoubleTheError()
    {
        var interval = ClopperPearson.Interval(12, 90, 0.9);
        Assert.Equal(interval.Upper, ClopperPearson.UpperLimit(12, 90, 0.95), 1e-12);
        Assert.Equal(interval.Lower, ClopperPearson.LowerLimit(12, 90, 0.95), 1e-12);
        Assert.True(interval.Contains(12 / 90.0));
        Assert.False(interval.Contains(0.5));
    }

    [Fact]
    public void Interval_VeryHighConfidence_IsInvertedInTheFarTail()
    {
        var limit = ClopperPearson.UpperLimit(2, 1000, 1 - 1e-14);
        var tail = BinomialTail.AtMost(2, 1000, limit);
        Assert.Equal(Math.Log10(1 - (1 - 1e-14)), tail.Log10, 1e-6);
        Assert.True(tail.Probability <= 1 - (1 - 1e-14));
    }

    /// <summary>
    /// Coverage summed over all outcomes, at many true proportions: never below the confidence, and below it if the interval is narrowed.
    /// </summary>
    [Fact]
    public void Interval_AnyTrueProportion_CoversAtLeastAsStated()
    {
        var intervals = Enumerable.Range(0, 31).Select(static k => ClopperPearson.Interval(k, 30, 0.95)).ToArray();
        var narrowed = intervals.Select(static i => new ProportionInterval(i.Lower * 1.2, i.Upper * 0.9)).ToArray();
        var truths = Enumerable.Range(1, 999).Select(static i => i / 1000.0).ToArray();
        Assert.All(truths, p => Assert.True(Coverage(intervals, p) >= 0.95, $"At {p} the coverage is {Coverage(intervals, p)}."));
        Assert.Contains(truths, p => Coverage(narrowed, p) < 0.95);
    }

    [Theory]
    [InlineData(1, 0, 0.95)]
    [InlineData(3, 2, 0.95)]
    [InlineData(-1, 2, 0.95)]
    [InlineData(1, 2, 1)]
    [InlineData(1, 2, 0)]
    public void Interval_ArgumentOutOfRange_IsRefused(long k, long n, double confidence) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ClopperPearson.Interval(k, n, confidence));

    private static double Coverage(ProportionInterval[] intervals, double truth)
    {
        var (covered, n) = (0.0, intervals.Length - 1);
        for (var k = 0; k <= n; k++)
        {
            var probability = (double)ExactArithmetic.Choose(n, k) * Math.Pow(truth, k) * Math.Pow(1 - truth, n - k);
            covered += intervals[k].Contains(truth) ? probability : 0;
        }

        return covered;
    }
}
