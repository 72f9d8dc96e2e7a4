using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

public sealed class EValueCombinationTests
{
    [Fact]
    public void Product_KnownValues_Multiply()
    {
        Assert.Equal(6, EValueCombination.Product([EValue.FromValue(2), EValue.FromValue(3)]).Value, 1e-14);
        Assert.Equal(EValue.One, EValueCombination.Product([]));
        Assert.Equal(8000, EValueCombination.Product([EValue.FromLog10(5000), EValue.FromLog10(3000)]).Log10);
    }

    [Fact]
    public void Product_ZeroAndInfinity_IsZero() =>
        Assert.Equal(EValue.Zero, EValueCombination.Product([EValue.FromValue(double.PositiveInfinity), EValue.Zero]));

    [Fact]
    public void Mean_KnownValues_Average()
    {
        Assert.Equal(2.5, EValueCombination.Mean([EValue.FromValue(2), EValue.FromValue(3)]).Value, 1e-14);
        Assert.Equal(5000 - Math.Log10(2), EValueCombination.Mean([EValue.FromLog10(5000), EValue.One]).Log10, 1e-12);
        Assert.Equal(EValue.Zero, EValueCombination.Mean([EValue.Zero, EValue.Zero]));
        Assert.Equal(1.75, EValueCombination.WeightedMean([EValue.FromValue(1), EValue.FromValue(4)], [3, 1]).Value, 1e-14);
        Assert.Equal(1, EValueCombination.WeightedMean([EValue.One, EValue.FromValue(double.PositiveInfinity)], [1, 0]).Value, 1e-14);
    }

    [Fact]
    public void Means_BadArguments_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => EValueCombination.Mean([]));
        Assert.Throws<ArgumentException>(() => EValueCombination.WeightedMean([EValue.One], [1, 2]));
        Assert.Throws<ArgumentException>(() => EValueCombination.WeightedMean([EValue.One], [0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => EValueCombination.WeightedMean([EValue.One, EValue.One], [-1, 2]));
    }

    [Fact]
    public void Combinations_UnderTheNull_HaveExpectationAtMostOne()
    {
        NullCalibration.AssertExpectationAtMostOne(111, (ref g) => EValueCombination.Product([Bet(g.NextDouble()), Bet(g.NextDouble())]));
        NullCalibration.AssertExpectationAtMostOne(112, (ref g) => Dependent(ref g, static values => EValueCombination.Mean(values)));
        NullCalibration.AssertExpectationAtMostOne(
            113, (ref g) => Dependent(ref g, static values => EValueCombination.WeightedMean(values, [1, 2])));
    }

    /// <summary>What the doc of the product warns of: of dependent e-values it is no e-value.</summary>
    [Fact]
    public void Product_OfDependentEValues_IsNoEValue() => Assert.ThrowsAny<Xunit.Sdk.XunitException>(() =>
        NullCalibration.AssertExpectationAtMostOne(114, (ref g) => Dependent(ref g, static values => EValueCombination.Product(values))));

    [Fact]
    public void Product_PlantedEffect_IsLarge() => NullCalibration.AssertDetects(
        115, (ref g) => EValueCombination.Product([Bet(0.001), Bet(1e-4 * g.NextDouble()), Bet(0.01)]).ToPValue(), 0.01, 0.9);

    private static EValue Dependent(ref SeededGenerator generator, Func<EValue[], EValue> combine)
    {
        var uniform = generator.NextDouble();
        return combine([Bet(uniform), Bet(uniform)]);
    }

    private static EValue Bet(double uniform) => PToECalibrator.Power(PValue.FromProbability(uniform), 0.7);
}
