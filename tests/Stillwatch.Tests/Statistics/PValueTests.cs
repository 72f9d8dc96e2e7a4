using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

public sealed class PValueTests
{
    [Fact]
    public void Default_IsNoEvidence()
    {
        Assert.Equal(PValue.One, default);
        Assert.Equal(1, default(PValue).Probability);
        Assert.False(default(PValue).Rejects(0.999));
    }

    [Fact]
    public void FromLog10_FarBelowTheSmallestDouble_KeepsOrderAndSize()
    {
        var tiny = PValue.FromLog10(-4000);
        Assert.Equal(0, tiny.Probability);
        Assert.Equal(-4000, tiny.Log10);
        Assert.True(tiny < PValue.FromLog10(-3999) && tiny <= PValue.FromLog10(-4000) && PValue.One > tiny && PValue.One >= tiny);
        Assert.True(tiny.CompareTo(PValue.One) < 0);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.001)]
    [InlineData(1.0 / 3)]
    [InlineData(3.0 / 20)]
    public void Rejects_ExactlyAtTheLevel_Rejects(double level)
    {
        Assert.True(PValue.FromProbability(level).Rejects(level));
        Assert.False(PValue.FromProbability(level * (1 + 1e-12)).Rejects(level));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void FromProbability_NoProbability_IsRefused(double probability) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PValue.FromProbability(probability));

    [Fact]
    public void FromLog10_RoundingAboveOne_IsOneAndMoreIsRefused()
    {
        Assert.Equal(PValue.One, PValue.FromLog10(1e-13));
        Assert.Throws<ArgumentOutOfRangeException>(() => PValue.FromLog10(1e-6));
        Assert.Throws<ArgumentOutOfRangeException>(() => PValue.FromNaturalLog(double.NaN));
    }

    [Fact]
    public void TwoSided_SmallerTail_IsDoubledUpToOne()
    {
        Assert.Equal(0.02, PValue.TwoSided(PValue.FromProbability(0.01), PValue.FromProbability(0.995)).Probability, 1e-15);
        Assert.Equal(PValue.One, PValue.TwoSided(PValue.FromProbability(0.6), PValue.FromProbability(0.7)));
    }

    [Theory]
    [InlineData(-1.30102999566398, "0.05")]
    [InlineData(0, "1")]
    [InlineData(-411.5, "3.16e-412")]
    [InlineData(-5.000001, "1e-5")]
    [InlineData(double.NegativeInfinity, "0")]
    public void ToString_AnySize_IsShort(double log10, string text) => Assert.Equal(text, PValue.FromLog10(log10).ToString());
}
