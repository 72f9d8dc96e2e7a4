using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

public sealed class ExchangeabilityEValueTests
{
    /// <summary>By hand: weights e^(s - 1) - 1 of 3, 1 and 2 are e^2 - 1, 0 and e - 1; three times the first over their sum.</summary>
    [Fact]
    public void SoftRankEValue_KnownValues_IsTheWeightedShare()
    {
        var expected = 3 * (Math.Exp(2) - 1) / (Math.Exp(2) - 1 + Math.E - 1);
        Assert.Equal(expected, SoftRankEValue.Of(3, [1, 2], 1).Value, 1e-12);
        Assert.Equal(EValue.Zero, SoftRankEValue.Of(1, [3, 2], 1));
        Assert.Equal(EValue.One, SoftRankEValue.Of(2, [2, 2], 1));
        Assert.Equal(EValue.One, SoftRankEValue.Of(2, [], 1));
    }

    [Fact]
    public void SoftRankEValue_HugeStatistics_DoesNotOverflow() =>
        Assert.Equal(1000, SoftRankEValue.Of(1e6, Enumerable.Range(0, 999).Select(static i => (double)i).ToArray(), 10).Value, 1e-9);

    [Fact]
    public void ConformalEValue_KnownValues_IsTheShareOfTheTotal()
    {
        var calibration = new ConformalEValue([1, 2, 3]);
        Assert.Equal(4 * 6 / 12.0, calibration.Of(6).Value, 1e-14);
        Assert.Equal(EValue.Zero, calibration.Of(0));
        Assert.Equal(4, calibration.Of(1e300).Value, 1e-12);
        Assert.Equal(EValue.One, new ConformalEValue([0, 0]).Of(0));
        Assert.Equal(1, new ConformalEValue([]).Of(5).Value, 1e-14);
    }

    [Fact]
    public void BadArguments_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SoftRankEValue.Of(double.NaN, [1], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SoftRankEValue.Of(1, [double.PositiveInfinity], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SoftRankEValue.Of(1, [1], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConformalEValue([-1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConformalEValue([double.MaxValue, double.MaxValue]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConformalEValue([1]).Of(-1));
    }

    [Fact]
    public void Of_UnderTheNull_HasExpectationAtMostOne()
    {
        NullCalibration.AssertExpectationAtMostOne(151, (ref g) => SoftRankEValue.Of(g.Normal(), g.Normals(19), 2));
        NullCalibration.AssertExpectationAtMostOne(152, (ref g) => SoftRankEValue.Of(g.Next(4), [g.Next(4), g.Next(4), g.Next(4)], 5));
        NullCalibration.AssertExpectationAtMostOne(153, (ref g) => new ConformalEValue(Exponentials(ref g, 19)).Of(g.Exponential()));
    }

    [Fact]
    public void Of_PlantedEffect_IsLarge()
    {
        NullCalibration.AssertDetects(154, (ref g) => SoftRankEValue.Of(8 + g.Normal(), g.Normals(199), 2).ToPValue(), 0.01, 0.9);
        NullCalibration.AssertDetects(155, (ref g) => new ConformalEValue(Exponentials(ref g, 199)).Of(300).ToPValue(), 0.01, 0.9);
    }

    private static double[] Exponentials(ref SeededGenerator generator, int count)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = generator.Exponential();
        }

        return values;
    }
}
