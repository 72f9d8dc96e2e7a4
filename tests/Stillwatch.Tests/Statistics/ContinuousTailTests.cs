using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

public sealed class ContinuousTailTests
{
    /// <summary>python3: 1/2 - phi(z) sum z^(2n+1)/(1 3 5 ...) with decimal.Decimal at up to 1500 digits.</summary>
    [Theory]
    [InlineData(0.5, -0.5106919892652407)]
    [InlineData(1.96, -1.6020965578878514)]
    [InlineData(5, -6.5426456723906545)]
    [InlineData(10, -23.118053405486076)]
    [InlineData(38, -315.5397897039625)]
    [InlineData(50, -544.9663358619966)]
    public void NormalTail_GoldenValues_AgreeToTwelveDigits(double z, double log10)
    {
        ExactArithmetic.AssertLog10(log10, NormalTail.AtLeast(z), $"P(Z >= {z})");
        ExactArithmetic.AssertLog10(log10, NormalTail.AtMost(-z), $"P(Z <= -{z})");
        Assert.Equal(1, NormalTail.AtLeast(z).Probability + NormalTail.AtLeast(-z).Probability, 1e-14);
    }

    [Fact]
    public void NormalTail_AtTheEnds_IsZeroHalfOrOne()
    {
        Assert.Equal(0.5, NormalTail.AtLeast(0).Probability, 1e-15);
        Assert.Equal(0, NormalTail.AtLeast(double.PositiveInfinity).Probability);
        Assert.Equal(1, NormalTail.AtLeast(double.NegativeInfinity).Probability);
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalTail.AtLeast(double.NaN));
    }

    /// <summary>
    /// python3: e^(-x/2) sum (x/2)^j / j! for even degrees, twice the normal tail of sqrt(x) for one, with decimal.Decimal.
    /// </summary>
    [Theory]
    [InlineData(30, 4, -5.310297245892853)]
    [InlineData(1500, 10, -315.59850829279765)]
    [InlineData(3.84, 1, -1.3006521393247688)]
    [InlineData(0, 3, 0)]
    public void ChiSquareTail_GoldenValues_AgreeToTwelveDigits(double x, double degrees, double log10) =>
        ExactArithmetic.AssertLog10(log10, ChiSquareTail.AtLeast(x, degrees), $"P(chi2_{degrees} >= {x})");

    [Fact]
    public void ChiSquareTail_ArgumentOutOfRange_IsRefused()
    {
        Assert.Equal(0, ChiSquareTail.AtLeast(double.PositiveInfinity, 2).Probability);
        Assert.Throws<ArgumentOutOfRangeException>(() => ChiSquareTail.AtLeast(-1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ChiSquareTail.AtLeast(1, 0));
    }

    [Fact]
    public void Tails_UnderTheNull_AreSuperUniform()
    {
        NullCalibration.AssertSuperUniform(61, (ref g) => NormalTail.AtLeast(g.Normal()));
        NullCalibration.AssertSuperUniform(62, (ref g) => NormalTail.AtMost(g.Normal()));
        NullCalibration.AssertSuperUniform(63, (ref g) => ChiSquareTail.AtLeast(g.Normals(3).Sum(static x => x * x), 3));
    }

    [Fact]
    public void Tails_PlantedEffect_AreSmall()
    {
        NullCalibration.AssertDetects(64, (ref g) => NormalTail.AtLeast(5 + g.Normal()), 0.001, 0.9);
        NullCalibration.AssertDetects(65, (ref g) => ChiSquareTail.AtLeast(g.Normals(3, 4).Sum(static x => x * x), 3), 0.001, 0.9);
    }
}
