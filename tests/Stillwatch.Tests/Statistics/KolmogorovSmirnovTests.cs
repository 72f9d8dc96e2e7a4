using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

public sealed class KolmogorovSmirnovTests
{
    /// <summary>
    /// python3: all ways of choosing the first sample among the values enumerated (itertools.combinations), in fractions.Fraction.
    /// </summary>
    [Theory]
    [InlineData(new double[] { 1, 2, 3, 4, 5 }, new double[] { 6, 7, 8, 9, 10 }, 1, 1.0 / 126)]
    [InlineData(new double[] { 1, 4, 6, 7, 9 }, new double[] { 2, 3, 5, 8, 10, 11 }, 1.0 / 3, 9.0 / 11)]
    [InlineData(new double[] { 1, 1, 2, 3, 3, 5 }, new double[] { 2, 3, 3, 4, 5, 5, 5 }, 17.0 / 42, 43.0 / 143)]
    [InlineData(new double[] { 1, 2, 3, 4, 7, 8 }, new double[] { 5, 6, 9, 10, 11, 12 }, 2.0 / 3, 1.0 / 7)]
    [InlineData(new double[] { 3, 3 }, new double[] { 3 }, 0, 1)]
    public void TwoSample_SmallSamples_AgreesWithEnumeration(double[] first, double[] second, double distance, double p)
    {
        var result = KolmogorovSmirnov.TwoSample(first, second);
        Assert.Equal(distance, result.Distance, 1e-14);
        Assert.Equal(p, result.PValue.Probability, 1e-14);
        Assert.True(result.IsExact);
        Assert.Equal(result, KolmogorovSmirnov.TwoSample(second, first));
    }

    /// <summary>Samples that do not overlap: two of all orderings are so extreme.</summary>
    [Theory]
    [InlineData(40, 60)]
    [InlineData(400, 300)]
    public void TwoSample_Separated_IsTwoOfAllOrderings(int m, int n)
    {
        double[] first = [.. Enumerable.Range(0, m)], second = [.. Enumerable.Range(m, n)];
        var expected = Math.Log10(2) - ExactArithmetic.Log10(ExactArithmetic.Choose(m + n, n));
        Assert.Equal(expected, KolmogorovSmirnov.TwoSample(first, second).PValue.Log10, 1e-10);
    }

    [Fact]
    public void TwoSample_BeyondUnderflow_IsRaisedToTheSmallestPValue()
    {
        double[] first = [.. Enumerable.Repeat(0.0, 900)], second = [.. Enumerable.Range(0, 900).Select(static i => 1.0 + i)];
        var result = KolmogorovSmirnov.TwoSample([.. first.Select(static (_, i) => i / 1e6)], second);
        Assert.Equal(-290, result.PValue.Log10);
    }

    [Fact]
    public void TwoSample_SmallSamples_AgreesWithRandomRelabelling() =>
        Prop.ForAll(
            Gen.Choose(0, 6).NonEmptyListOf().Zip(Gen.Choose(0, 6).NonEmptyListOf(), static (a, b) => (a, b)).ToArbitrary(),
            static x =>
            {
                double[] first = [.. x.a.Take(5).Select(static v => (double)v)], second = [.. x.b.Take(5).Select(static v => (double)v)];
                var exact = KolmogorovSmirnov.TwoSample(first, second);
                return Math.Abs(exact.PValue.Probability - Enumerated(first, second)) < 1e-12;
            }).QuickCheckThrowOnFailure();

    /// <summary>At the switch the limit is close to the exact value.</summary>
    [Fact]
    public void TwoSample_LargeSamples_IsAsymptotic()
    {
        var generator = new SeededGenerator(231);
        var (first, second) = (generator.Normals(1000), generator.Normals(1000, 0.08));
        var exact = KolmogorovSmirnov.TwoSample(first, second);
        var asymptotic = KolmogorovSmirnov.TwoSample([.. first, first[0]], second);
        Assert.True(exact.IsExact);
        Assert.False(asymptotic.IsExact);
        Assert.InRange(asymptotic.PValue.Log10 - exact.PValue.Log10, -0.1, 0.1);
        Assert.Equal(PValue.One, KolmogorovSmirnov.TwoSample([.. first, .. first], [.. first, .. first]).PValue);
    }

    [Fact]
    public void TwoSample_LargeAndSeparated_KeepsItsDigits()
    {
        var (first, second) = (Enumerable.Range(0, 20_000).Select(static i => (double)i).ToArray(), new double[20_000]);
        Array.Fill(second, -1);
        Assert.Equal((Math.Log(2) - 2 * 10_000) / Math.Log(10), KolmogorovSmirnov.TwoSample(first, second).PValue.Log10, 1e-6);
    }

    [Fact]
    public void TwoSample_BadArguments_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => KolmogorovSmirnov.TwoSample([], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => KolmogorovSmirnov.TwoSample([1], [double.NaN]));
    }

    [Fact]
    public void PValue_UnderTheNull_IsSuperUniform()
    {
        NullCalibration.AssertSuperUniform(232, (ref g) => KolmogorovSmirnov.TwoSample(g.Normals(12), g.Normals(9)).PValue);
        NullCalibration.AssertSuperUniform(233, (ref g) => KolmogorovSmirnov.TwoSample(Tied(ref g, 12), Tied(ref g, 15)).PValue);
    }

    [Fact]
    public void PValue_LargeSamplesUnderTheNull_IsSuperUniform() => NullCalibration.AssertSuperUniform(235, static (ref g) =>
    {
        var result = KolmogorovSmirnov.TwoSample(Uniforms(ref g, 1001), Uniforms(ref g, 1000));
        Assert.False(result.IsExact);
        return result.PValue;
    });

    [Fact]
    public void PValue_PlantedEffect_IsSmall() =>
        NullCalibration.AssertDetects(234, (ref g) => KolmogorovSmirnov.TwoSample(g.Normals(20), g.Normals(20, 2.5)).PValue, 0.001, 0.9);

    private static double[] Uniforms(ref SeededGenerator generator, int count)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = generator.NextDouble();
        }

        return values;
    }

    private static double[] Tied(ref SeededGenerator generator, int count) =>
        [.. generator.Normals(count).Select(static z => Math.Round(2 * z))];

    /// <summary>
    /// The share of all assignments of the values to two samples of these sizes whose distance is at least the observed one.
    /// </summary>
    private static double Enumerated(double[] first, double[] second)
    {
        double[] all = [.. first, .. second];
        var (reached, total, observed) = (0, 0, Distance(all, (1 << first.Length) - 1));
        for (var chosen = 0; chosen < 1 << all.Length; chosen++)
        {
            if (int.PopCount(chosen) == first.Length)
            {
                total++;
                reached += Distance(all, chosen) >= observed - 1e-12 ? 1 : 0;
            }
        }

        return reached / (double)total;
    }

    private static double Distance(double[] all, int chosen)
    {
        var (m, largest) = ((double)int.PopCount(chosen), 0.0);
        foreach (var value in all)
        {
            var (a, b) = (0, 0);
            for (var i = 0; i < all.Length; i++)
            {
                var below = all[i] <= value ? 1 : 0;
                (a, b) = (chosen >> i & 1) == 1 ? (a + below, b) : (a, b + below);
            }

            largest = Math.Max(largest, Math.Abs(a / m - b / (all.Length - m)));
        }

        return largest;
    }
}
