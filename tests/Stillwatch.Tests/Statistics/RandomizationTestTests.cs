using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

public sealed class RandomizationTestTests
{
    [Fact]
    public void Run_KnownDraws_CountsTheObservedItself()
    {
        var next = 0;
        var result = RandomizationTest.Run(3, (ref _) => next++ % 5, 19, 1);
        Assert.Equal(7, result.Exceedances);
        Assert.Equal(19, result.Draws);
        Assert.Equal(8 / 20.0, result.PValue.Probability, 1e-15);
        Assert.Equal(3, result.Observed);
    }

    [Fact]
    public void Run_TiesBrokenByRounding_CountAsTies()
    {
        Assert.Equal(PValue.One, RandomizationTest.Run(0.3, static (ref _) => 0.1 + 0.2 - 1e-15, 9, 1).PValue);
        Assert.Equal(PValue.One, RandomizationTest.Run(double.PositiveInfinity, static (ref _) => double.PositiveInfinity, 9, 1).PValue);
        Assert.Equal(0.1, RandomizationTest.Run(double.PositiveInfinity, static (ref _) => 1e308, 9, 1).PValue.Probability, 1e-15);
    }

    /// <summary>A randomized statistic that is not a number must not make the data look extreme.</summary>
    [Fact]
    public void Run_DrawIsNotANumber_CountsAsExceedance() =>
        Assert.Equal(PValue.One, RandomizationTest.Run(1, static (ref _) => double.NaN, 9, 1).PValue);

    [Fact]
    public void RunSequential_EnoughExceedances_StopsEarly()
    {
        var next = 0;
        var result = RandomizationTest.RunSequential(1, (ref _) => next++ % 4 == 3 ? 1 : 0, new(1000, 5), 1);
        Assert.Equal(20, result.Draws);
        Assert.Equal(5 / 20.0, result.PValue.Probability, 1e-15);
        var spent = RandomizationTest.RunSequential(2, (ref _) => 1, new(99, 5), 1);
        Assert.Equal(99, spent.Draws);
        Assert.Equal(0.01, spent.PValue.Probability, 1e-15);
    }

    [Fact]
    public void PermutationTest_SameSeed_IsBitForBitTheSame()
    {
        int[] labels = [0, 0, 0, 1, 1, 1, 2, 2];
        var first = PermutationTest.Run(labels, First, 500, 42);
        Assert.Equal(first, PermutationTest.Run(labels, First, 500, 42));
        Assert.NotEqual(first.Exceedances, PermutationTest.Run(labels, First, 500, 43).Exceedances);
        static double First(ReadOnlySpan<int> labels) => 1 - labels[0] - labels[1] * labels[2];
    }

    /// <summary>
    /// All 70 assignments of four of eight labels are equally likely: the share that reaches the observed sum is known exactly.
    /// </summary>
    [Fact]
    public void PermutationTest_ManyDraws_ApproachesTheExactShare()
    {
        double[] values = [1, 2, 3, 4, 5, 6, 7, 8];
        int[] labels = [0, 0, 0, 1, 0, 1, 1, 1];
        var result = PermutationTest.Run(labels, Sum, 20_000, 7);
        Assert.Equal(25, result.Observed);

        // 25 = 4 + 6 + 7 + 8; only {5, 6, 7, 8} has a larger sum and no other the same.
        Assert.InRange(result.PValue.Probability, 2 / 70.0 - 0.006, 2 / 70.0 + 0.006);

        double Sum(ReadOnlySpan<int> labels)
        {
            var sum = 0.0;
            for (var i = 0; i < values.Length; i++)
            {
                sum += labels[i] * values[i];
            }

            return sum;
        }
    }

    [Fact]
    public void BadArguments_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RandomizationTest.Run(1, static (ref _) => 1, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => RandomizationTest.Run(double.NaN, static (ref _) => 1, 9, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BesagCliffordStopping(10, 0));
        Assert.Throws<ArgumentNullException>(() => RandomizationTest.Run(1, null!, 9, 1));
    }

    [Fact]
    public void PValues_UnderTheNull_AreSuperUniform()
    {
        NullCalibration.AssertSuperUniform(191, (ref g) => RandomizationTest.Run(g.Normal(), Draw, 39, g.NextUInt64()).PValue);
        NullCalibration.AssertSuperUniform(192, (ref g) => RandomizationTest.Run(g.Next(3), DrawTied, 39, g.NextUInt64()).PValue);
        NullCalibration.AssertSuperUniform(193, (ref g) => Sequential(g.Normal(), 99, g.NextUInt64()));
        NullCalibration.AssertSuperUniform(194, (ref g) => MeanDifference(g.Normals(12), g.NextUInt64()));
    }

    [Fact]
    public void PValues_PlantedEffect_AreSmall()
    {
        NullCalibration.AssertDetects(195, (ref g) => RandomizationTest.Run(4 + g.Normal(), Draw, 199, g.NextUInt64()).PValue, 0.01, 0.9);
        NullCalibration.AssertDetects(196, (ref g) => Sequential(4 + g.Normal(), 199, g.NextUInt64()), 0.01, 0.9);
        NullCalibration.AssertDetects(197, (ref g) => MeanDifference([.. g.Normals(6, 0), .. g.Normals(6, 3)], g.NextUInt64()), 0.05, 0.9);
    }

    private static PValue Sequential(double observed, int draws, ulong seed) =>
        RandomizationTest.RunSequential(observed, Draw, new(draws, requiredExceedances: 3), seed).PValue;

    private static double Draw(ref SeededGenerator generator) => generator.Normal();

    private static double DrawTied(ref SeededGenerator generator) => generator.Next(3);

    private static PValue MeanDifference(double[] values, ulong seed)
    {
        return PermutationTest.Run([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1], UpperSum, 39, seed).PValue;

        double UpperSum(ReadOnlySpan<int> labels)
        {
            var sum = 0.0;
            for (var i = 0; i < labels.Length; i++)
            {
                sum += labels[i] * values[i];
            }

            return sum;
        }
    }
}
