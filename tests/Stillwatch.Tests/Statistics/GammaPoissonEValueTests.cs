using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

public sealed class GammaPoissonEValueTests
{
    /// <summary>
    /// python3: k! e^m / (1 + m)^(k + 1) and its shares above and below ratio 1, in decimal.Decimal at 400 digits; prior Gamma(1, 1).
    /// </summary>
    [Theory]
    [InlineData(7, 2, 0.7540494624947295, 1.1831428641313857, -0.9710391528372435)]
    [InlineData(0, 5, 1.3933211591326156, -0.7781512503836436, 1.5914433989604324)]
    [InlineData(500, 100, 173.35084846035582, 173.78514294225906, -2.8374274258777312)]
    [InlineData(3, 0.001, 0.7768492349482723, 1.2027907958175457, -0.7440663825967094)]
    public void Of_ExponentialPrior_AgreesWithClosedForms(long k, double expected, double twoSided, double greater, double less)
    {
        Assert.Equal(twoSided, new GammaPoissonEValue(Alternative.TwoSided, 1, 1).Of(k, expected).Log10, 1e-11);
        Assert.Equal(greater, new GammaPoissonEValue(Alternative.Greater, 1, 1).Of(k, expected).Log10, 1e-11);
        Assert.Equal(less, new GammaPoissonEValue(Alternative.Less, 1, 1).Of(k, expected).Log10, 1e-11);
    }

    /// <summary>The expectation is a sum that converges fast: 1 at the null rate, at most 1 at every rate on its side.</summary>
    [Theory]
    [InlineData(Alternative.TwoSided, 1)]
    [InlineData(Alternative.Greater, 1)]
    [InlineData(Alternative.Greater, 0.6)]
    [InlineData(Alternative.Less, 1)]
    [InlineData(Alternative.Less, 1.7)]
    public void Of_AllOutcomes_HaveExpectationOneAtTheNull(Alternative alternative, double ratio)
    {
        const double Expected = 4;
        var value = new GammaPoissonEValue(alternative, 2, 2);
        var (sum, probability) = (0.0, Math.Exp(-ratio * Expected));
        for (var k = 0; k < 150; k++)
        {
            sum += probability * value.Of(k, Expected).Value;
            probability *= ratio * Expected / (k + 1);
        }

        Assert.InRange(sum, ratio == 1 ? 1 - 1e-9 : 0, 1 + 1e-10);
    }

    [Fact]
    public void Of_NothingExpected_IsZeroOneOrInfinite()
    {
        Assert.Equal(EValue.One, new GammaPoissonEValue(Alternative.Greater).Of(0, 0));
        Assert.Equal(double.PositiveInfinity, new GammaPoissonEValue(Alternative.Greater).Of(1, 0).Value);
        Assert.Equal(EValue.Zero, new GammaPoissonEValue(Alternative.Less).Of(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GammaPoissonEValue(Alternative.Greater).Of(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GammaPoissonEValue(Alternative.Greater).Of(1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GammaPoissonEValue(Alternative.Greater, -1));
    }

    [Fact]
    public void Of_UnderTheNull_HasExpectationAtMostOne()
    {
        var (greater, less) = (new GammaPoissonEValue(Alternative.Greater), new GammaPoissonEValue(Alternative.Less));
        var two = new GammaPoissonEValue(Alternative.TwoSided);
        NullCalibration.AssertExpectationAtMostOne(131, (ref g) => greater.Of(g.Poisson(6), 6));
        NullCalibration.AssertExpectationAtMostOne(132, (ref g) => less.Of(g.Poisson(6), 6));
        NullCalibration.AssertExpectationAtMostOne(133, (ref g) => two.Of(g.Poisson(6), 6));
    }

    [Fact]
    public void Of_PlantedEffect_IsLarge()
    {
        var (greater, less) = (new GammaPoissonEValue(Alternative.Greater), new GammaPoissonEValue(Alternative.Less));
        NullCalibration.AssertDetects(134, (ref g) => greater.Of(g.Poisson(25), 6).ToPValue(), 0.001, 0.9);
        NullCalibration.AssertDetects(135, (ref g) => less.Of(g.Poisson(6), 25).ToPValue(), 0.01, 0.9);
    }
}
