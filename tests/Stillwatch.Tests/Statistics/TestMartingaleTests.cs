using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

public sealed class TestMartingaleTests
{
    [Fact]
    public void Observe_KnownValues_MultipliesAndKeepsThePeak()
    {
        var martingale = new TestMartingale();
        martingale.Observe(EValue.FromValue(4));
        martingale.Observe(EValue.FromValue(10));
        martingale.Observe(EValue.FromValue(0.1));
        Assert.Equal(4, martingale.Wealth.Value, 1e-13);
        Assert.Equal(40, martingale.Peak.Value, 1e-12);
        Assert.Equal(3, martingale.Steps);
        Assert.True(martingale.Rejects(0.03));
        Assert.False(martingale.Rejects(0.02));
    }

    [Fact]
    public void Observe_EverythingLost_StaysLostButKeepsThePeak()
    {
        var martingale = new TestMartingale();
        martingale.Observe(EValue.FromValue(50));
        martingale.Observe(EValue.Zero);
        martingale.Observe(EValue.FromValue(double.PositiveInfinity));
        Assert.Equal(EValue.Zero, martingale.Wealth);
        Assert.Equal(0.02, martingale.AnytimePValue.Probability, 1e-15);
        Assert.Equal(EValue.Zero, new TestMartingale(martingale.ToSnapshot()).Wealth);
    }

    [Fact]
    public void Snapshot_Continued_IsBitForBitTheSame()
    {
        var martingale = new TestMartingale();
        var generator = new SeededGenerator(9);
        TestMartingale? restored = null;
        for (var i = 0; i < 100; i++)
        {
            var value = EValue.FromValue(2 * generator.NextDouble());
            martingale.Observe(value);
            restored?.Observe(value);
            restored ??= new(martingale.ToSnapshot());
        }

        Assert.Equal(martingale.ToSnapshot(), restored?.ToSnapshot());
    }

    [Fact]
    public void Constructor_ImpossibleSnapshot_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new TestMartingale(new(1, 5, 3)));
        Assert.Throws<ArgumentException>(() => new TestMartingale(new(-1, 0, 0)));
        Assert.Throws<ArgumentException>(() => new TestMartingale(new(1, -2, -1)));
        Assert.Throws<ArgumentException>(() => new TestMartingale(new(1, double.NaN, 1)));
    }

    [Fact]
    public void Martingale_UnderTheNull_KeepsItsPromises()
    {
        NullCalibration.AssertSuperUniform(161, (ref g) => Run(ref g, 40, 2.0).AnytimePValue);
        NullCalibration.AssertExpectationAtMostOne(162, (ref g) => Run(ref g, 10, 2.0).Wealth);
    }

    /// <summary>The wealth where one stops by looking is an e-value; the largest wealth is none, as its doc says.</summary>
    [Fact]
    public void Peak_UnderTheNull_IsNoEValue() => Assert.ThrowsAny<Xunit.Sdk.XunitException>(() =>
        NullCalibration.AssertExpectationAtMostOne(163, (ref g) => Run(ref g, 10, 2.0).Peak));

    [Fact]
    public void AnytimePValue_PlantedEffect_IsSmall() =>
        NullCalibration.AssertDetects(164, (ref g) => Run(ref g, 60, 3.6).AnytimePValue, 0.001, 0.9);

    private static TestMartingale Run(ref SeededGenerator generator, int steps, double scale)
    {
        var martingale = new TestMartingale();
        for (var i = 0; i < steps; i++)
        {
            martingale.Observe(EValue.FromValue(scale * generator.NextDouble()));
        }

        return martingale;
    }
}
