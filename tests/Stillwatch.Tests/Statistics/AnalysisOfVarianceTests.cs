using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

public sealed class AnalysisOfVarianceTests
{
    /// <summary>R's data set PlantGrowth: weights of plants under a control and two treatments.</summary>
    private static readonly double[] PlantGrowth =
    [
        4.17, 5.58, 5.18, 6.11, 4.50, 4.61, 5.17, 4.53, 5.33, 5.14,
        4.81, 4.17, 4.41, 3.59, 5.87, 3.83, 6.03, 4.89, 4.32, 4.69,
        6.31, 5.12, 5.54, 5.50, 5.37, 5.29, 4.92, 6.15, 5.80, 5.26,
    ];

    private static readonly int[] Groups = [.. Enumerable.Range(0, 30).Select(static i => i / 10)];

    /// <summary>
    /// R: aov(weight ~ group) gives F = 4.846, p = 0.0159. python3: sums of squares in fractions.Fraction, p = (27/(27 + 2F))^13.5.
    /// </summary>
    [Fact]
    public void Asymptotic_PlantGrowth_AgreesWithR()
    {
        var result = AnalysisOfVariance.Asymptotic(PlantGrowth, Groups);
        Assert.Equal(4.846087862380136, result.F, 1e-11);
        Assert.Equal(0.26414829683211966, result.EtaSquared, 1e-12);
        Assert.Equal(0.20407884598997092, result.OmegaSquared, 1e-12);
        Assert.Equal(-1.7983309579383158, result.PValue.Log10, 1e-11);
        Assert.Equal(result.F, result.BetweenMeanSquare / result.WithinMeanSquare, 1e-12);
    }

    [Fact]
    public void Permutation_PlantGrowth_IsCloseToTheAsymptoticTest()
    {
        var permuted = AnalysisOfVariance.Permutation(PlantGrowth, Groups, 20_000, 5);
        var asymptotic = AnalysisOfVariance.Asymptotic(PlantGrowth, Groups);
        Assert.Equal(asymptotic with { PValue = permuted.PValue }, permuted);
        Assert.InRange(permuted.PValue.Probability, 0.012, 0.020);
    }

    [Fact]
    public void Tests_ConstantValues_AreHandled()
    {
        var equal = AnalysisOfVariance.Asymptotic([5, 5, 5, 5], [0, 0, 1, 1]);
        Assert.Equal(new(0, 0, 0, 0, 0, PValue.One), equal);
        var apart = AnalysisOfVariance.Asymptotic([1, 1, 5, 5], [0, 0, 3, 3]);
        Assert.Equal(double.PositiveInfinity, apart.F);
        Assert.Equal(1, apart.EtaSquared);
        Assert.Equal(0, apart.PValue.Probability);
        Assert.Equal(1, AnalysisOfVariance.Permutation([5, 5, 5, 5], [0, 0, 1, 1], 19, 1).PValue.Probability);
    }

    [Fact]
    public void BadArguments_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => AnalysisOfVariance.Asymptotic([1, 2], [0]));
        Assert.Throws<ArgumentException>(() => AnalysisOfVariance.Asymptotic([1, 2], [0, 0]));
        Assert.Throws<ArgumentException>(() => AnalysisOfVariance.Asymptotic([1, 2], [0, 1]));
        Assert.Throws<ArgumentException>(() => AnalysisOfVariance.Asymptotic([], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => AnalysisOfVariance.Asymptotic([1, 2, 3], [0, 1, 3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => AnalysisOfVariance.Asymptotic([1, double.NaN, 3], [0, 1, 1]));
    }

    [Fact]
    public void PValues_UnderTheNull_AreSuperUniform()
    {
        NullCalibration.AssertSuperUniform(211, (ref g) => AnalysisOfVariance.Asymptotic(g.Normals(12), Groups12()).PValue);
        NullCalibration.AssertSuperUniform(212, (ref g) => Permuted(Skewed(ref g), 39, g.NextUInt64()));
    }

    [Fact]
    public void PValues_PlantedEffect_AreSmall()
    {
        NullCalibration.AssertDetects(213, (ref g) => AnalysisOfVariance.Asymptotic(Planted(ref g), Groups12()).PValue, 0.01, 0.9);
        NullCalibration.AssertDetects(214, (ref g) => Permuted(Planted(ref g), 99, g.NextUInt64()), 0.05, 0.9);
    }

    private static PValue Permuted(double[] values, int draws, ulong seed) =>
        AnalysisOfVariance.Permutation(values, Groups12(), draws, seed).PValue;

    private static int[] Groups12() => [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2];

    private static double[] Skewed(ref SeededGenerator generator) => [.. generator.Normals(12).Select(static z => Math.Exp(2 * z))];

    private static double[] Planted(ref SeededGenerator generator) => [.. generator.Normals(8), .. generator.Normals(4, 5)];
}
