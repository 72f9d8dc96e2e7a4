using Stillwatch.Benchmarks.Detection.Coordination;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Tests.Coordination;

public sealed class DCubeTests
{
    public static TheoryData<int, int> Settings { get; } = new MatrixTheoryData<int, int>([0, 1, 2], [0, 1]);

    [Theory]
    [MemberData(nameof(Settings))]
    public void Blocks_PlantedBlock_IsFoundFirst(int measure, int policy)
    {
        var g = new SeededGenerator(7);
        var tuples = new List<(int[] Values, double Mass)>();
        for (var i = 0; i < 2000; i++)
        {
            tuples.Add(([g.Next(200), g.Next(100), g.Next(150)], 1));
        }

        for (var i = 0; i < 600; i++)
        {
            tuples.Add(([g.Next(10), 100 + g.Next(4), g.Next(12)], 1));
        }

        var options = new DCubeOptions { Measure = (DensityMeasure)measure, Policy = (DimensionPolicy)policy };
        var block = DCube.Blocks(new([200, 104, 150], tuples), options, CancellationToken.None)[0];
        Assert.Equal([100, 101, 102, 103], block.Values[1].Where(static template => template >= 100));
        Assert.Equal(Enumerable.Range(0, 10), block.Accounts.Where(static account => account < 10));
        Assert.InRange(block.Accounts.Length, 10, 12);
    }

    /// <summary>The paper's bound for the arithmetic measure: at least 1/(theta N) of the densest block's density.</summary>
    [Theory]
    [InlineData(1, 0, 1.0)]
    [InlineData(2, 1, 1.0)]
    [InlineData(3, 0, 1.5)]
    public void Blocks_TinyTensors_AreDenseEnough(ulong seed, int policy, double threshold)
    {
        var g = new SeededGenerator(seed);
        var options = new DCubeOptions { Measure = DensityMeasure.Arithmetic, Policy = (DimensionPolicy)policy, MassThreshold = threshold };
        for (var i = 0; i < 40; i++)
        {
            var tuples = new List<(int[] Values, double Mass)>();
            for (var drawn = 1 + g.Next(12); drawn > 0; drawn--)
            {
                tuples.Add(([g.Next(4), g.Next(3), g.Next(3)], 1 + g.Next(4)));
            }

            var found = DCube.Blocks(new([4, 3, 3], tuples), options, CancellationToken.None)[0];
            Assert.Equal(Density(tuples, Mask(found.Values)), found.Density, 1e-9);
            Assert.True(found.Density >= Enumerable.Range(0, 1 << 10).Max(mask => Density(tuples, mask)) / (3 * threshold) - 1e-9);
        }
    }

    [Fact]
    public void Tensor_EqualTuples_AreMerged()
    {
        var tensor = new MassTensor([2, 2], [([1, 0], 1), ([0, 1], 2), ([1, 0], 3)]);
        Assert.Equal(2, tensor.Count);
        Assert.Equal([2, 4], tensor.Masses);
        Assert.Equal((1, 0), (tensor.Value(1, 0), tensor.Value(1, 1)));
    }

    [Fact]
    public void Detect_AccountsOutsideBlocks_AreNotSuspect()
    {
        var suspicion = DCube.Detect(new([4, 1], [([0, 0], 9), ([1, 0], 9)]), new() { Blocks = 1 }, CancellationToken.None);
        Assert.Equal([true, true, false, false], suspicion.Accused);
    }

    private static int Mask(int[][] values) =>
        values[0].Sum(static value => 1 << value)
            + values[1].Sum(static value => 16 << value) + values[2].Sum(static value => 128 << value);

    private static double Density(List<(int[] Values, double Mass)> tuples, int mask)
    {
        var inside = tuples.Where(tuple => (mask & (1 << tuple.Values[0])) != 0 && (mask & (16 << tuple.Values[1])) != 0
            && (mask & (128 << tuple.Values[2])) != 0);
        return mask == 0 ? 0 : 3 * inside.Sum(static tuple => tuple.Mass) / int.PopCount(mask);
    }
}
