using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

public sealed class MondrianConformalCalibrationTests
{
    [Fact]
    public void PValueOf_LargeStratum_IsTestedAgainstItself()
    {
        var calibration = new MondrianConformalCalibration<string>(
            [("low", 1), ("low", 2), ("low", 3), ("high", 100), ("high", 200), ("high", 300), ("rare", 5)], minimumStratumSize: 3);
        Assert.Equal(0.25, calibration.PValueOf("low", 4).Probability, 1e-15);
        Assert.Equal(1, calibration.PValueOf("high", 4).Probability);
        Assert.Equal(7, calibration.Pooled.Count);
        Assert.Equal(["high", "low"], calibration.Strata.Order());
    }

    [Theory]
    [InlineData("rare")]
    [InlineData("unknown")]
    public void PValueOf_SmallOrUnknownStratum_IsPooled(string stratum)
    {
        var calibration = new MondrianConformalCalibration<string>([("low", 1), ("low", 2), ("rare", 5)], minimumStratumSize: 2);
        Assert.True(calibration.IsPooled(stratum));
        Assert.False(calibration.IsPooled("low"));
        Assert.Same(calibration.Pooled, calibration.CalibrationOf(stratum));
        Assert.Equal(0.5, calibration.PValueOf(stratum, 4).Probability, 1e-15);
        Assert.Equal(0.375, calibration.SmoothedPValueOf(stratum, 4, 0.5).Probability, 1e-15);
    }

    [Fact]
    public void Constructor_NoScoresOrBadSize_IsPooledOrRefused()
    {
        Assert.Equal(PValue.One, new MondrianConformalCalibration<int>([]).PValueOf(1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MondrianConformalCalibration<int>([], 0));
        Assert.Throws<ArgumentException>(() => new MondrianConformalCalibration<int>([(1, double.NaN)]));
    }

    /// <summary>
    /// Two strata of very different scores: each keeps its own rate, which a pooled calibration would not give the higher one.
    /// </summary>
    [Fact]
    public void PValueOf_UnderTheNull_IsSuperUniformWithinEachStratum()
    {
        NullCalibration.AssertSuperUniform(91, static (ref g) => Calibrate(ref g).PValueOf(0, g.Normal()));
        NullCalibration.AssertSuperUniform(92, static (ref g) => Calibrate(ref g).PValueOf(1, 10 + 3 * g.Normal()));
        NullCalibration.AssertDetects(93, static (ref g) => Calibrate(ref g).Pooled.PValueOf(10 + 3 * g.Normal()), 0.5, 0.9);
    }

    [Fact]
    public void PValueOf_PlantedEffect_IsSmallInItsStratum() =>
        NullCalibration.AssertDetects(94, static (ref g) => Calibrate(ref g).PValueOf(0, 5 + g.Normal()), 0.05, 0.9);

    private static MondrianConformalCalibration<int> Calibrate(ref SeededGenerator generator)
    {
        var scores = new List<(int, double)>();
        for (var i = 0; i < 24; i++)
        {
            scores.Add((0, generator.Normal()));
            scores.Add((1, 10 + 3 * generator.Normal()));
        }

        return new(scores, minimumStratumSize: 24);
    }
}
