using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

public sealed class PoissonTailTests
{
    /// <summary>python3: terms t = exp(-m) m^k / k! summed with decimal.Decimal at 60 digits, log10 of the sum.</summary>
    [Theory]
    [InlineData(10, 2.5, -3.556968549890299)]
    [InlineData(300, 100, -57.740233723530146)]
    [InlineData(1000, 100, -610.9883884625199)]
    [InlineData(3, 1e-60, -180.77815125038364)]
    [InlineData(100, 100, -0.28962975249619316)]
    [InlineData(20000, 10000, -1679.9037144072706)]
    public void AtLeast_GoldenValues_AgreeToTwelveDigits(long k, double mean, double log10) =>
        ExactArithmetic.AssertLog10(log10, PoissonTail.AtLeast(k, mean), $"P(X >= {k}; {mean})");

    /// <summary>The same sums from 0 to k.</summary>
    [Theory]
    [InlineData(0, 700, -304.0061373322763)]
    [InlineData(2, 10, -2.5576149840217512)]
    [InlineData(100, 1000, -292.21878154885)]
    [InlineData(9000, 10000, -23.857099227745085)]
    public void AtMost_GoldenValues_AgreeToTwelveDigits(long k, double mean, double log10) =>
        ExactArithmetic.AssertLog10(log10, PoissonTail.AtMost(k, mean), $"P(X <= {k}; {mean})");

    [Theory]
    [InlineData(3, 0.01)]
    [InlineData(3, 3)]
    [InlineData(1_000_000, 1_000_000)]
    [InlineData(100_000_000_000, 100_000_100_000.0)]
    public void Tails_OfNeighbours_AddUpToOne(long k, double mean) =>
        Assert.Equal(1, PoissonTail.AtLeast(k + 1, mean).Probability + PoissonTail.AtMost(k, mean).Probability, 1e-12);

    [Fact]
    public void Tails_GrowingCount_FallAndRise()
    {
        for (var k = 1; k < 400; k++)
        {
            Assert.True(PoissonTail.AtLeast(k + 1, 120) < PoissonTail.AtLeast(k, 120));
            Assert.True(PoissonTail.AtMost(k - 1, 120) < PoissonTail.AtMost(k, 120) || k > 300);
        }
    }

    [Fact]
    public void Tails_AtTheEnds_AreZeroOrOne()
    {
        Assert.Equal(PValue.One, PoissonTail.AtLeast(0, 3));
        Assert.Equal(0, PoissonTail.AtLeast(1, 0).Probability);
        Assert.Equal(PValue.One, PoissonTail.AtMost(0, 0));
        Assert.Equal(0, PoissonTail.AtMost(-1, 3).Probability);
        Assert.Throws<ArgumentOutOfRangeException>(() => PoissonTail.AtLeast(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PoissonTail.AtLeast(1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => PoissonTail.AtMost(long.MaxValue, 1));
    }

    [Fact]
    public void Tails_UnderTheNull_AreSuperUniform()
    {
        NullCalibration.AssertSuperUniform(21, (ref g) => PoissonTail.AtLeast(g.Poisson(7.5), 7.5));
        NullCalibration.AssertSuperUniform(22, (ref g) => PoissonTail.AtMost(g.Poisson(7.5), 7.5));
    }

    [Fact]
    public void Tails_PlantedEffect_AreSmall()
    {
        NullCalibration.AssertDetects(23, (ref g) => PoissonTail.AtLeast(g.Poisson(25), 7.5), 0.001, 0.9);
        NullCalibration.AssertDetects(24, (ref g) => PoissonTail.AtMost(g.Poisson(0.2), 7.5), 0.01, 0.9);
    }
}
