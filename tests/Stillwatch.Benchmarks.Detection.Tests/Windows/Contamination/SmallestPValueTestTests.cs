using Stillwatch.Benchmarks.Detection.Windows.Contamination;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Tests.Windows.Contamination;

public sealed class SmallestPValueTestTests
{
    /// <summary>Three kinds, the window and four drawn windows.</summary>
    private static readonly int[][] Given =
    [
        [2, 1, 3, 4, 5],
        [5, 4, 1, 3, 2],
        [3, 4, 5, 2, 1],
    ];

    [Theory]
    [InlineData(0.4, 0)]
    [InlineData(1.0, 1)]
    [InlineData(1.0, 0, 1, 2)]
    [InlineData(0.8, 0, 1)]
    public void PValue_OfRanks_CountsThoseWithASmallerSmallestRank(double expected, params int[] kinds) =>
        Assert.Equal(expected, SmallestPValueTest.PValueOf(Given, kinds).Probability, 12);

    [Fact]
    public void PValue_OfEqualSmallestRanks_GoesByTheOthers()
    {
        int[][] ranks = [[1, 3, 2], [2, 1, 3]];
        Assert.Equal(1 / 3.0, SmallestPValueTest.PValueOf(ranks, [0, 1]).Probability, 12);
    }

    [Fact]
    public void Ranks_OfEqualValues_ShareTheLast()
    {
        var test = new SmallestPValueTest([new Constant()], [.. Enumerable.Range(10, 20)], draws: 7);
        var generator = new SeededGenerator(1);
        Assert.All(test.Ranks([0, 1, 2], ref generator)[0], static rank => Assert.Equal(8, rank));
    }

    private sealed class Constant : IEvidence, IPoolEvidence
    {
        public int Statistics => 1;

        public IPoolEvidence On(ReadOnlySpan<int> pool) => this;

        public void Measure(SampleSet samples, double[][] statistics, int first)
        {
            foreach (var row in statistics)
            {
                row[first] = 5;
            }
        }
    }
}
