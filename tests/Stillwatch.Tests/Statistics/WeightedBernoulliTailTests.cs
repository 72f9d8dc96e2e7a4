using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

public sealed class WeightedBernoulliTailTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.25)]
    public void AtLeast_OverAllOutcomes_BoundsTheExactTail(double probability)
    {
        double[] weights = [1.5, -0.75, 0.3, 2, -1, 0.01, 0.6, 0.6, -0.2, 1.1];
        var outcomes = Outcomes(weights, probability);
        foreach (var (sum, _) in outcomes)
        {
            var exact = outcomes.Where(other => other.Sum >= sum - 1e-12).Sum(static other => other.Probability);
            var bound = WeightedBernoulliTail.AtLeast(sum, weights, probability);
            Assert.True(bound.Probability >= exact * (1 - 1e-9), $"{sum}: {bound} for {exact}.");
            Assert.True(sum <= 0 || bound.Probability <= 40 * exact, $"{sum}: {bound} for {exact}.");
        }
    }

    [Fact]
    public void AtLeast_EqualWeights_IsTheRelativeEntropyBound()
    {
        // exp(-n KL(k/n, g)) for 70 of 100 at one half.
        var expected = -100 * (0.7 * Math.Log(0.7 / 0.5) + 0.3 * Math.Log(0.3 / 0.5)) / Math.Log(10);
        Assert.Equal(expected, WeightedBernoulliTail.AtLeast(20, [1], [100], 0.5).Log10, 1e-9);
        Assert.Equal(expected, WeightedBernoulliTail.AtLeast(20, [.. Enumerable.Repeat(1.0, 100)], 0.5).Log10, 1e-9);
        Assert.True(BinomialTail.AtLeast(70, 100, 0.5).Log10 < expected);
    }

    [Fact]
    public void AtLeast_TheLargestSum_IsNearTheProbabilityOfIt()
    {
        var bound = WeightedBernoulliTail.AtLeast(5, [.. Enumerable.Repeat(1.0, 10)], 0.5);
        Assert.Equal(10 * Math.Log10(0.5), bound.Log10, 1e-3);
        Assert.True(bound.Log10 >= 10 * Math.Log10(0.5));
    }

    [Fact]
    public void AtLeast_NothingToSay_IsOne()
    {
        Assert.Equal(PValue.One, WeightedBernoulliTail.AtLeast(0, [], 0.5));
        Assert.Equal(PValue.One, WeightedBernoulliTail.AtLeast(-1, [1, 2], 0.5));
        Assert.Equal(PValue.One, WeightedBernoulliTail.AtLeast(0, [0, 0], 0.5));
    }

    [Fact]
    public void AtLeast_ManySmallWeights_NeitherCancelsNorOverflows()
    {
        var weights = Enumerable.Range(0, 100_000).Select(static i => 1e-8 * (1 + i % 7)).ToArray();
        var deviation = Math.Sqrt(0.25 * weights.Sum(static weight => weight * weight));
        Assert.Equal(-200 / Math.Log(10), WeightedBernoulliTail.AtLeast(20 * deviation, weights, 0.5).Log10, 0.5);
    }

    [Fact]
    public void Tests_UnderTheNull_AreSuperUniform()
    {
        double[] weights = [.. Enumerable.Range(1, 60).Select(static i => (i % 3 == 0 ? -1.0 : 1.0) / i)];
        NullCalibration.AssertSuperUniform(
            31, (ref SeededGenerator generator) => WeightedBernoulliTail.AtLeast(Draw(weights, 0.3, ref generator), weights, 0.3));
    }

    [Fact]
    public void EValues_UnderTheNull_HaveExpectationAtMostOne()
    {
        double[] weights = [.. Enumerable.Range(1, 60).Select(static i => (i % 3 == 0 ? -1.0 : 1.0) / i)];
        NullCalibration.AssertExpectationAtMostOne(
            32, (ref SeededGenerator generator) => WeightedBernoulliTail.Mixture(Draw(weights, 0.3, ref generator), weights, 0.3));
    }

    [Fact]
    public void Tilted_OverAllOutcomes_HasExpectationOne()
    {
        double[] weights = [1.5, -0.75, 0.3, 2, -1];
        var expectation = Outcomes(weights, 0.25)
            .Sum(outcome => outcome.Probability * WeightedBernoulliTail.Tilted(outcome.Sum, weights, 0.25, 0.8).Value);
        Assert.Equal(1, expectation, 1e-12);
    }

    [Fact]
    public void Mixture_LosesLittleAgainstTheBound()
    {
        var weights = Enumerable.Repeat(1.0, 10_000).ToArray();
        foreach (var deviations in new[] { 5, 20, 60 })
        {
            var (sum, bound) = (50.0 * deviations, WeightedBernoulliTail.AtLeast(50.0 * deviations, weights, 0.5));
            var lost = -bound.Log10 - WeightedBernoulliTail.Mixture(sum, weights, 0.5).Log10;
            Assert.InRange(lost, 0, 2 + 0.03 * -bound.Log10);
        }
    }

    [Fact]
    public void Arguments_OutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => WeightedBernoulliTail.AtLeast(1, [1], 1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => WeightedBernoulliTail.AtLeast(double.NaN, [1], 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(static () => WeightedBernoulliTail.AtLeast(1, [double.PositiveInfinity], 0.5));
        Assert.Throws<ArgumentException>(static () => WeightedBernoulliTail.AtLeast(1, [1, 2], [3], 0.5));
    }

    private static double Draw(double[] weights, double probability, ref SeededGenerator generator)
    {
        var sum = 0.0;
        foreach (var weight in weights)
        {
            sum += weight * ((generator.NextDouble() < probability ? 1 : 0) - probability);
        }

        return sum;
    }

    private static List<(double Sum, double Probability)> Outcomes(double[] weights, double probability) =>
    [
        .. Enumerable.Range(0, 1 << weights.Length).Select(outcome => (
            weights.Select((weight, i) => weight * (((outcome >> i) & 1) - probability)).Sum(),
            weights.Select((_, i) => ((outcome >> i) & 1) != 0 ? probability : 1 - probability).Aggregate(1.0, static (a, b) => a * b))),
    ];
}
