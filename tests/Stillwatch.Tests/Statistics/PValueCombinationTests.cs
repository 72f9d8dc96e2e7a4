using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

public sealed class PValueCombinationTests
{
    /// <summary>python3: e^-x sum x^j / j! for x = -sum ln p in decimal.Decimal.</summary>
    [Fact]
    public void FisherCombination_GoldenValues_Agree()
    {
        Assert.Equal(-1.6663159670557126, FisherCombination.Combine(Of(0.01, 0.2, 0.3)).Log10, 1e-12);
        Assert.Equal(-594.0196674120605, FisherCombination.Combine(Of(1e-200, 1e-200, 1e-200)).Log10, 1e-11);
        Assert.Equal(0.03, FisherCombination.Combine(Of(0.03)).Probability, 1e-14);
        Assert.Equal(PValue.One, FisherCombination.Combine(Of(1, 1)));
    }

    /// <summary>
    /// python3: 1/2 - atan(mean of cot(pi p))/pi with series in decimal.Decimal; the first is the example of the R package ACAT.
    /// </summary>
    [Fact]
    public void CauchyCombination_GoldenValues_Agree()
    {
        Assert.Equal(0.0019534044057700002, CauchyCombination.Combine(Of(0.02, 0.0004, 0.2, 0.1, 0.8)).Probability, 1e-15);
        Assert.Equal(0.02704965626355103, CauchyCombination.Combine(Of(0.02, 0.7), [3, 1]).Probability, 1e-14);
        Assert.Equal(0.03, CauchyCombination.Combine(Of(0.03)).Probability, 1e-14);
        Assert.Equal(0.97, CauchyCombination.Combine(Of(0.97)).Probability, 1e-14);
    }

    [Fact]
    public void CauchyCombination_TinyPValues_IsTheWeightedHarmonicMean()
    {
        Assert.Equal(-400 + Math.Log10(2), CauchyCombination.Combine([PValue.FromLog10(-400), PValue.FromProbability(0.4)]).Log10, 1e-10);
        PValue[] apart = [PValue.FromLog10(-4000), PValue.FromLog10(-10)];
        Assert.Equal(-4000 + Math.Log10(4 / 3.0), CauchyCombination.Combine(apart, [3, 1]).Log10, 1e-10);
        Assert.Equal(-8 + Math.Log10(2), CauchyCombination.Combine([PValue.FromLog10(-8), PValue.FromProbability(0.5)]).Log10, 1e-10);
        Assert.Equal(-9.5 + Math.Log10(2), CauchyCombination.Combine([PValue.FromLog10(-9.5), PValue.FromProbability(0.5)]).Log10, 1e-10);
    }

    [Fact]
    public void CauchyCombination_AtTheEnds_IsZeroOrOne()
    {
        Assert.Equal(PValue.One, CauchyCombination.Combine(Of(1, 0.001)));
        Assert.Equal(PValue.One, CauchyCombination.Combine([PValue.One, PValue.FromLog10(-400)]));
        Assert.Equal(0, CauchyCombination.Combine(Of(0, 0.5)).Probability);
        Assert.Equal(0.5, CauchyCombination.Combine(Of(1, 0.5), [0, 1]).Probability, 1e-14);
    }

    /// <summary>
    /// python3: (y + K)^2 / ((y + 1) K) at the root of y^2 = K((1 + y) ln(1 + y) - y), by 200 halvings in decimal.Decimal.
    /// </summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 2.7456435767327245)]
    [InlineData(4, 3.218741088336956)]
    [InlineData(5, 3.564501808493887)]
    [InlineData(10, 4.5597785602729)]
    [InlineData(100, 7.458675454147101)]
    [InlineData(1000, 10.11073584631192)]
    public void HarmonicMeanCombination_Factor_IsTheConstantOfThePaper(int count, double factor)
    {
        Assert.Equal(factor, HarmonicMeanCombination.Factor(count), 1e-9);
        Assert.True(count < 3 || factor <= Math.E * Math.Log(count));
    }

    [Fact]
    public void HarmonicMeanCombination_KnownValues_IsTheScaledMean()
    {
        var expected = HarmonicMeanCombination.Factor(3) * 3 / (1 / 0.01 + 1 / 0.2 + 1 / 0.5);
        Assert.Equal(expected, HarmonicMeanCombination.Combine(Of(0.01, 0.2, 0.5)).Probability, 1e-14);
        Assert.Equal(0.03, HarmonicMeanCombination.Combine(Of(0.03)).Probability, 1e-14);
        Assert.Equal(PValue.One, HarmonicMeanCombination.Combine(Of(0.9, 0.9)));
        Assert.Equal(-4000 + Math.Log10(4), HarmonicMeanCombination.Combine([PValue.FromLog10(-4000), PValue.One]).Log10, 1e-9);
        Assert.Equal(0, HarmonicMeanCombination.Combine(Of(0, 1)).Probability);
    }

    [Fact]
    public void Combine_NoPValues_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => FisherCombination.Combine([]));
        Assert.Throws<ArgumentException>(() => CauchyCombination.Combine([]));
        Assert.Throws<ArgumentException>(() => CauchyCombination.Combine(Of(0.5), [1, 1]));
        Assert.Throws<ArgumentException>(() => HarmonicMeanCombination.Combine([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => HarmonicMeanCombination.Factor(0));
    }

    [Fact]
    public void Combine_IndependentPValuesUnderTheNull_IsSuperUniform()
    {
        NullCalibration.AssertSuperUniform(181, (ref g) => FisherCombination.Combine(Uniforms(ref g, 7)));
        NullCalibration.AssertSuperUniform(182, (ref g) => CauchyCombination.Combine(Uniforms(ref g, 7)));
        NullCalibration.AssertSuperUniform(183, (ref g) => HarmonicMeanCombination.Combine(Uniforms(ref g, 7)));
    }

    /// <summary>
    /// A dependence that makes the harmonic mean small far too often: a factor of 2.5 breaks there, and so would Wilson's procedure, which
    /// has none.
    /// </summary>
    [Fact]
    public void HarmonicMeanCombination_AdversarialDependence_IsSuperUniform()
    {
        NullCalibration.AssertSuperUniform(184, (ref g) => HarmonicMeanCombination.Combine(Adversarial(ref g)));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => NullCalibration.AssertSuperUniform(185, (ref g) =>
            PValue.FromProbability(Math.Min(1, 2.5 * 10 / Adversarial(ref g).Sum(static p => 1 / p.Probability)))));
    }

    /// <summary>One factor drives all seven statistics; approximate for Cauchy, so only small levels are promised and tested.</summary>
    [Fact]
    public void CauchyCombination_CorrelatedPValuesUnderTheNull_IsCloseToTheLevel()
    {
        var generator = new SeededGenerator(186);
        var rejected = 0;
        for (var i = 0; i < 100_000; i++)
        {
            rejected += CauchyCombination.Combine(Correlated(ref generator, 0)).Rejects(0.005) ? 1 : 0;
        }

        Assert.InRange(rejected / 100_000.0, 0.003, 0.0065);
    }

    [Fact]
    public void Combine_PlantedEffect_IsSmall()
    {
        NullCalibration.AssertDetects(187, (ref g) => FisherCombination.Combine(Correlated(ref g, 3)), 0.001, 0.9);
        NullCalibration.AssertDetects(188, (ref g) => CauchyCombination.Combine(Correlated(ref g, 4)), 0.001, 0.9);
        NullCalibration.AssertDetects(189, (ref g) => HarmonicMeanCombination.Combine(Correlated(ref g, 4)), 0.005, 0.9);
    }

    private static PValue[] Of(params double[] values) => [.. values.Select(PValue.FromProbability)];

    private static PValue[] Uniforms(ref SeededGenerator generator, int count)
    {
        var values = new PValue[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = PValue.FromProbability(1 - generator.NextDouble());
        }

        return values;
    }

    private static PValue[] Correlated(ref SeededGenerator generator, double mean)
    {
        var shared = Math.Sqrt(0.5) * generator.Normal();
        return [.. generator.Normals(7, 0).Select(z => NormalTail.AtLeast(mean + shared + Math.Sqrt(0.5) * z))];
    }

    /// <summary>
    /// Ten p-values, each of them uniform. With probability 0.15 all lie below 0.15: one at a random place in the lowest tenth of that, the
    /// others above it and the lower, the higher that one is, so that the mean of the inverses is always at least 3.6/0.15.
    /// </summary>
    private static PValue[] Adversarial(ref SeededGenerator generator)
    {
        const int Count = 10;
        const double Together = 0.15;
        var values = new PValue[Count];
        var (together, lowest, within) = (generator.Bernoulli(Together), generator.Next(Count), generator.NextDouble());
        for (var i = 0; i < Count; i++)
        {
            var share = i == lowest ? within / Count : (1 + (Count - 1) * (1 - within)) / Count;
            values[i] = PValue.FromProbability(together ? Together * share : Together + (1 - Together) * generator.NextDouble());
        }

        return values;
    }
}
