using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

public sealed class RobustLocationScaleTests
{
    [Theory]
    [InlineData(new double[] { 7 }, 7, 0)]
    [InlineData(new double[] { 1, 2, 100 }, 2, 1)]
    [InlineData(new double[] { 4, 1, 3, 2 }, 2.5, 1)]
    [InlineData(new double[] { 1, 1, 2, 2, 4, 6, 9 }, 2, 1)]
    [InlineData(new double[] { 1.7e308, 1.7e308 }, 1.7e308, 0)]
    public void Of_KnownSamples_AgreeWithTheDefinition(double[] values, double median, double deviation)
    {
        var actual = RobustLocationScale.Of(values);
        Assert.Equal(new RobustLocationScale(median, deviation), actual);
        Assert.Equal(deviation * 1.4826022185056018, actual.Scale, 1e-15);
    }

    [Fact]
    public void Of_NormalSampleWithOutliers_FindsItsMeanAndStandardDeviation()
    {
        var generator = new SeededGenerator(221);
        double[] values = [.. generator.Normals(20_000).Select(static z => 10 + 3 * z), .. Enumerable.Repeat(1e9, 400)];
        var actual = RobustLocationScale.Of(values);
        Assert.InRange(actual.Median, 9.8, 10.2);
        Assert.InRange(actual.Scale, 2.8, 3.2);
        Assert.InRange(actual.RobustScore(19), 2.7, 3.3);
    }

    [Fact]
    public void RobustScore_NoSpread_IsZeroOrInfinite()
    {
        var actual = RobustLocationScale.Of([5, 5, 5, 9]);
        Assert.Equal(0, actual.RobustScore(5));
        Assert.Equal(double.PositiveInfinity, actual.RobustScore(6));
        Assert.Equal(double.NegativeInfinity, actual.RobustScore(4));
    }

    [Fact]
    public void Of_BadArguments_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => RobustLocationScale.Of([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => RobustLocationScale.Of([1, double.NaN]));
        Assert.Throws<ArgumentOutOfRangeException>(() => RobustLocationScale.Of([1]).RobustScore(double.PositiveInfinity));
    }
}
