using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

public sealed class SplitConformalCalibrationTests
{
    [Fact]
    public void PValueOf_KnownSample_CountsTiesAsExtreme()
    {
        var calibration = new SplitConformalCalibration([3, 1, 2, 2]);
        Assert.Equal(4, calibration.Count);
        Assert.Equal(0.2, calibration.PValueOf(3.5).Probability, 1e-15);
        Assert.Equal(0.4, calibration.PValueOf(3).Probability, 1e-15);
        Assert.Equal(0.8, calibration.PValueOf(2).Probability, 1e-15);
        Assert.Equal(1, calibration.PValueOf(0).Probability);
        Assert.Equal(1, new SplitConformalCalibration([]).PValueOf(7).Probability);
    }

    [Fact]
    public void SmoothedPValueOf_KnownSample_SplitsTies()
    {
        var calibration = new SplitConformalCalibration([3, 1, 2, 2, double.PositiveInfinity]);
        Assert.Equal((2 + 0.5 * 3) / 6, calibration.SmoothedPValueOf(2, 0.5).Probability, 1e-15);
        Assert.Equal(0.5 * 2 / 6, calibration.SmoothedPValueOf(double.PositiveInfinity, 0.5).Probability, 1e-15);
        Assert.Equal(calibration.PValueOf(2), calibration.SmoothedPValueOf(2, 1));
    }

    [Fact]
    public void PValueOf_AnySample_IsTheNaiveCount() =>
        Prop.ForAll<int[], int>(static (sample, score) =>
        {
            var calibration = new SplitConformalCalibration([.. sample.Select(static value => (double)value)]);
            var naive = (1.0 + sample.Count(value => value >= score)) / (1.0 + sample.Length);
            return calibration.PValueOf(score) == PValue.FromProbability(naive);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void ThresholdAt_AnySample_IsTheSmallestRejectedScore() =>
        Prop.ForAll(
            Gen.Choose(0, 30).ListOf()
                .Zip(Gen.Choose(1, 99), static (sample, percent) => (Sample: sample, Level: percent / 100.0))
                .ToArbitrary(),
            static x =>
            {
                var calibration = new SplitConformalCalibration([.. x.Sample.Select(static value => (double)value)]);
                var threshold = calibration.ThresholdAt(x.Level);
                return double.IsInfinity(threshold)
                    ? !calibration.PValueOf(1e9).Rejects(x.Level) || calibration.PValueOf(-1e9).Rejects(x.Level)
                    : calibration.PValueOf(threshold).Rejects(x.Level)
                        && !calibration.PValueOf(Math.BitDecrement(threshold)).Rejects(x.Level);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Constructor_NotANumber_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new SplitConformalCalibration([1, double.NaN]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SplitConformalCalibration([1]).PValueOf(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SplitConformalCalibration([1]).SmoothedPValueOf(1, 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SplitConformalCalibration([1]).ThresholdAt(0));
    }

    [Fact]
    public void PValues_UnderTheNull_AreSuperUniform()
    {
        NullCalibration.AssertSuperUniform(81, (ref g) => new SplitConformalCalibration(g.Normals(39)).PValueOf(g.Normal()));
        NullCalibration.AssertSuperUniform(82, (ref g) => new SplitConformalCalibration(Rounded(ref g, 39)).PValueOf(Rounded(ref g, 1)[0]));
        NullCalibration.AssertSuperUniform(
            83, (ref g) => new SplitConformalCalibration(Rounded(ref g, 19)).SmoothedPValueOf(Rounded(ref g, 1)[0], g.NextDouble()));
    }

    /// <summary>Smoothed p-values are exactly uniform, so large levels are reached as often as stated and not less.</summary>
    [Fact]
    public void SmoothedPValueOf_UnderTheNull_IsUniformFromBelowToo() => NullCalibration.AssertSuperUniform(84, (ref g) =>
    {
        var p = new SplitConformalCalibration(Rounded(ref g, 19)).SmoothedPValueOf(Rounded(ref g, 1)[0], g.NextDouble());
        return PValue.FromProbability(1 - p.Probability);
    });

    [Fact]
    public void PValueOf_PlantedEffect_IsSmall()
    {
        var generator = new SeededGenerator(85);
        var calibration = new SplitConformalCalibration(generator.Normals(999));
        NullCalibration.AssertDetects(86, (ref g) => calibration.PValueOf(5 + g.Normal()), 0.005, 0.9);
    }

    private static double[] Rounded(ref SeededGenerator generator, int count) =>
        [.. generator.Normals(count).Select(static value => Math.Round(value))];
}
