using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

public sealed class EValueTests
{
    [Fact]
    public void Default_IsNoEvidence()
    {
        Assert.Equal(EValue.One, default);
        Assert.Equal(1, default(EValue).Value);
        Assert.Equal(PValue.One, default(EValue).ToPValue());
    }

    [Fact]
    public void FromLog10_FarAboveTheLargestDouble_DoesNotOverflow()
    {
        var huge = EValue.FromLog10(5000);
        Assert.Equal(double.PositiveInfinity, huge.Value);
        Assert.Equal(-5000, huge.ToPValue().Log10);
        Assert.True(huge > EValue.One && huge >= EValue.One && EValue.Zero < EValue.One && EValue.Zero <= huge);
        Assert.True(huge.CompareTo(EValue.One) > 0);
        Assert.Equal("1e+5000", huge.ToString());
    }

    [Fact]
    public void ToPValue_SmallEValue_IsOne()
    {
        Assert.Equal(PValue.One, EValue.Zero.ToPValue());
        Assert.Equal(PValue.One, EValue.FromValue(0.2).ToPValue());
        Assert.Equal(0.05, EValue.FromValue(20).ToPValue().Probability, 1e-15);
        Assert.Equal(double.NegativeInfinity, EValue.FromValue(double.PositiveInfinity).ToPValue().Log10);
    }

    [Fact]
    public void Rejects_AtOneOverTheLevel_Rejects()
    {
        Assert.True(EValue.FromValue(100).Rejects(0.01));
        Assert.False(EValue.FromValue(99.9).Rejects(0.01));
    }

    [Fact]
    public void FromValue_NoEValue_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => EValue.FromValue(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => EValue.FromValue(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => EValue.FromLog10(double.NaN));
    }

    [Fact]
    public void ToPValue_UnderTheNull_IsSuperUniform() => NullCalibration.AssertSuperUniform(
        71, (ref g) => EValue.FromValue(1 / (2 * Math.Sqrt(g.NextDouble() + double.Epsilon))).ToPValue());
}
