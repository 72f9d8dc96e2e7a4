using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

public sealed class DiversityTests
{
    [Theory]
    [InlineData(new long[] { 8 }, 0)]
    [InlineData(new long[] { 5, 5, 5, 5 }, 2)]
    [InlineData(new long[] { 2, 1, 1, 0 }, 1.5)]
    [InlineData(new long[0], 0)]
    public void ShannonEntropy_KnownCounts_AgreesWithTheDefinition(long[] counts, double bits) =>
        Assert.Equal(bits, ShannonEntropy.PlugIn(counts), 1e-14);

    [Fact]
    public void MillerMadow_KnownCounts_AddsTheBias()
    {
        Assert.Equal(1.5 + 2 / (8 * Math.Log(2)), ShannonEntropy.MillerMadow([2, 1, 1, 0]), 1e-14);
        Assert.Equal(0, ShannonEntropy.MillerMadow([0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ShannonEntropy.MillerMadow([-1]));
    }

    /// <summary>50 draws from 16 equal categories, whose entropy is 4 bits: the correction takes most of the bias off.</summary>
    [Fact]
    public void MillerMadow_SmallSamples_IsLessBiasedThanPlugIn()
    {
        var generator = new SeededGenerator(241);
        var (plugIn, corrected) = (0.0, 0.0);
        for (var i = 0; i < 2000; i++)
        {
            var counts = new long[16];
            for (var draw = 0; draw < 50; draw++)
            {
                counts[generator.Next(16)]++;
            }

            plugIn += ShannonEntropy.PlugIn(counts) / 2000;
            corrected += ShannonEntropy.MillerMadow(counts) / 2000;
        }

        Assert.InRange(plugIn, 3.7, 3.85);
        Assert.InRange(corrected, 3.95, 4.05);
    }

    [Fact]
    public void JensenShannonDivergence_KnownWeights_AgreesWithTheDefinition()
    {
        Assert.Equal(0, JensenShannonDivergence.Of([1, 2, 3], [10, 20, 30]), 1e-15);
        Assert.Equal(1, JensenShannonDivergence.Of([5, 0], [0, 2]), 1e-15);
        var expected = 0.5 * (Math.Log2(4 / 3.0) + 0.5 * Math.Log2(2 / 3.0) + 0.5 * Math.Log2(2));
        Assert.Equal(expected, JensenShannonDivergence.Of([1, 0], [1, 1]), 1e-14);
        Assert.Equal(expected, JensenShannonDivergence.Of([1, 1], [1, 0]), 1e-14);
        Assert.Throws<ArgumentException>(() => JensenShannonDivergence.Of([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => JensenShannonDivergence.Of([0, 0], [1, 2]));
        Assert.Throws<ArgumentException>(() => JensenShannonDivergence.Of([], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => JensenShannonDivergence.Of([1, -1], [1, 2]));
    }

    [Fact]
    public void GiniCoefficient_KnownShares_IsTheMeanDifferenceOverTwiceTheMean()
    {
        Assert.Equal(0, GiniCoefficient.Of([3, 3, 3]), 1e-15);
        Assert.Equal(0.75, GiniCoefficient.Of([0, 0, 8, 0]), 1e-15);
        Assert.Equal(0, GiniCoefficient.Of([0, 0]));
        double[] values = [1, 7, 2, 2, 9.5];
        var naive = values.SelectMany(x => values.Select(y => Math.Abs(x - y))).Average() / (2 * values.Average());
        Assert.Equal(naive, GiniCoefficient.Of(values), 1e-14);
        Assert.Throws<ArgumentException>(() => GiniCoefficient.Of([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => GiniCoefficient.Of([1, -1]));
    }
}
