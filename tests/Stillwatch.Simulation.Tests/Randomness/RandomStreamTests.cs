using Stillwatch.Simulation.Randomness;

namespace Stillwatch.Simulation.Tests.Randomness;

public sealed class RandomStreamTests
{
    private const int Draws = 20_000;

    [Fact]
    public void Derive_OfManyIndices_IsABijection()
    {
        var keys = Enumerable.Range(0, Draws).Select(index => RandomStream.Derive(5, StreamPurpose.Account, (ulong)index));
        Assert.Equal(Draws, keys.Distinct().Count());
    }

    [Fact]
    public void Derive_OfAnotherPurpose_GivesAnotherStream() =>
        Assert.NotEqual(RandomStream.Derive(5, StreamPurpose.Account), RandomStream.Derive(5, StreamPurpose.Group));

    [Theory]
    [InlineData(1)]
    [InlineData(2.5)]
    [InlineData(40)]
    public void Geometric_HasItsMean(double mean)
    {
        var stream = new RandomStream(1);
        Assert.InRange(Mean(() => stream.Geometric(mean)), 0.96 * mean, 1.04 * mean);
    }

    [Fact]
    public void LogNormal_HasItsMedian()
    {
        var stream = new RandomStream(2);
        var below = Mean(() => stream.LogNormal(50, 1.3) < 50 ? 1 : 0);
        Assert.InRange(below, 0.48, 0.52);
    }

    [Fact]
    public void Pareto_HasItsTail()
    {
        var stream = new RandomStream(3);
        Assert.InRange(Mean(() => stream.Pareto(1, 1.25) > 10 ? 1 : 0), 0.05, 0.063);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void Zipf_StaysWithinItsRanksAndPrefersTheFirst(int count)
    {
        var stream = new RandomStream(4);
        var ranks = Enumerable.Range(0, Draws).Select(_ => stream.Zipf(count)).ToArray();
        Assert.All(ranks, rank => Assert.InRange(rank, 0, count - 1));
        Assert.True(ranks.Count(rank => rank == 0) >= ranks.Count(rank => rank == count / 2));
    }

    [Fact]
    public void WeightedChoice_DrawsByWeightAndNeverWhatWeighsNothing()
    {
        var choice = new WeightedChoice([0, 1, 0, 3, 0]);
        var stream = new RandomStream(5);
        var counts = Enumerable.Range(0, Draws).CountBy(_ => choice.Draw(ref stream)).ToDictionary();
        Assert.Equal([1, 3], counts.Keys.Order());
        Assert.InRange(counts[3] / (double)Draws, 0.73, 0.77);
    }

    private static double Mean(Func<double> draw) => Enumerable.Range(0, Draws).Average(_ => draw());
}
