using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

public sealed class SeededGeneratorTests
{
    /// <summary>The published first outputs of SplitMix64 for seed 1234567.</summary>
    [Fact]
    public void SplitMix64_KnownSeed_GivesThePublishedOutputs()
    {
        var state = 1234567UL;
        ulong[] expected = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];
        Assert.Equal(expected, Enumerable.Range(0, 5).Select(_ => SeededGenerator.SplitMix64(ref state)));
    }

    /// <summary>The published first outputs of xoshiro256** for state 1, 2, 3, 4.</summary>
    [Fact]
    public void NextUInt64_KnownState_GivesThePublishedOutputs()
    {
        var generator = new SeededGenerator(1, 2, 3, 4);
        ulong[] expected =
        [
            11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600, 16172922978634559625, 8476171486693032832,
            10595114339597558777, 2904607092377533576,
        ];
        Assert.Equal(expected, Enumerable.Range(0, 10).Select(_ => generator.NextUInt64()));
    }

    /// <summary>
    /// The stream that findings are replayed with: it may never change. python3: xoshiro256** over four outputs of SplitMix64, in whole
    /// numbers.
    /// </summary>
    [Fact]
    public void Stream_OfASeed_NeverChanges()
    {
        var generator = new SeededGenerator(42);
        ulong[] expected = [1546998764402558742, 6990951692964543102, 12544586762248559009];
        Assert.Equal(expected, Enumerable.Range(0, 3).Select(_ => generator.NextUInt64()));
        int[] items = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        new SeededGenerator(42).Shuffle<int>(items);
        Assert.Equal([9, 1, 4, 2, 8, 7, 6, 5, 3, 0], items);
        Assert.Equal(12547252431771564200UL, new SeededGenerator(42, 7).NextUInt64());
    }

    [Fact]
    public void Streams_OfOneSeed_Differ()
    {
        var first = Enumerable.Range(0, 1000).Select(static stream => new SeededGenerator(5, (ulong)stream).NextUInt64());
        var second = Enumerable.Range(0, 1000).Select(static seed => new SeededGenerator((ulong)seed, 5).NextUInt64());
        Assert.Equal(1999, first.Concat(second).Distinct().Count());
    }

    [Fact]
    public void NextDouble_ManyDraws_IsUniform()
    {
        var generator = new SeededGenerator(6);
        NullCalibration.AssertSuperUniform(6, (ref g) => PValue.FromProbability(g.NextDouble()), 100_000);
        NullCalibration.AssertSuperUniform(7, (ref g) => PValue.FromProbability(1 - g.NextDouble()), 100_000);
        for (var i = 0; i < 100_000; i++)
        {
            Assert.InRange(generator.NextDouble(), 0, 1 - 1e-17);
        }
    }

    /// <summary>A bound just above 2/3 of 2^31 is where taking a remainder would favour small numbers most.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(1000)]
    [InlineData(1_431_655_766)]
    [InlineData(int.MaxValue)]
    public void Next_AnyBound_IsUniform(int bound)
    {
        var generator = new SeededGenerator(8);
        var counts = new long[2 * 6];
        for (var i = 0; i < 60_000; i++)
        {
            var value = generator.Next(bound);
            Assert.InRange(value, 0, bound - 1);
            counts[(int)((long)value * 6 / bound)]++;
            counts[6 + generator.Next(6)]++;
        }

        Assert.False(bound >= 6 && ChiSquareTail.AtLeast(Deviation(counts[..6], bound), 5).Rejects(1e-6));
        Assert.False(ChiSquareTail.AtLeast(Deviation(counts[6..], 6), 5).Rejects(1e-6));
    }

    [Fact]
    public void Next_NoBound_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeededGenerator(1).Next(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeededGenerator(1).Next(-5));
    }

    [Fact]
    public void Shuffle_ManyTimes_GivesEveryOrderEquallyOften()
    {
        var generator = new SeededGenerator(9);
        var counts = new Dictionary<int, long>();
        for (var i = 0; i < 48_000; i++)
        {
            int[] items = [1, 2, 3, 4];
            generator.Shuffle<int>(items);
            var order = items[0] * 1000 + items[1] * 100 + items[2] * 10 + items[3];
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        Assert.Equal(24, counts.Count);
        Assert.False(ChiSquareTail.AtLeast(counts.Values.Sum(static count => (count - 2000.0) * (count - 2000) / 2000), 23).Rejects(1e-6));
    }

    /// <summary>Pearson's statistic of six classes that split the numbers below the bound as evenly as whole numbers allow.</summary>
    private static double Deviation(long[] counts, int bound)
    {
        var sum = 0.0;
        for (var i = 0; i < 6; i++)
        {
            var size = Math.Ceiling((i + 1) * (double)bound / 6) - Math.Ceiling(i * (double)bound / 6);
            var expected = 60_000 * size / bound;
            sum += (counts[i] - expected) * (counts[i] - expected) / expected;
        }

        return sum;
    }
}
