using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

public sealed class SignedRankTestTests
{
    [Theory]
    [InlineData(new[] { 1.0, 2, 3, 4, 5 }, 1.0 / 32)]
    [InlineData(new[] { -1.0, 2, 3, 4, 5 }, 2.0 / 32)]
    [InlineData(new[] { 0.0, 1, 2, 3 }, 1.0 / 8)]
    [InlineData(new[] { -1.0, -2, -3 }, 1.0)]
    [InlineData(new double[0], 1.0)]
    public void Greater_OfSmallSamples_IsTheShareOfSigns(double[] differences, double expected) =>
        Assert.Equal(expected, SignedRankTest.Greater(differences).Probability, 1e-12);

    [Fact]
    public void Greater_WithTies_IsTheShareOfAllSigns()
    {
        double[] differences = [1, -1, 2, 2, 2, -3, 4, 4];
        var sizes = differences.Select(Math.Abs).ToArray();
        double[] ranks = [1.5, 1.5, 4, 4, 4, 6, 7.5, 7.5];
        var observed = differences.Zip(ranks, static (difference, rank) => difference > 0 ? rank : 0).Sum();
        var reached = Enumerable.Range(0, 1 << sizes.Length)
            .Count(signs => ranks.Where((_, i) => ((signs >> i) & 1) != 0).Sum() >= observed);
        Assert.Equal(reached / 256.0, SignedRankTest.Greater(differences).Probability, 1e-12);
    }

    [Fact]
    public void Greater_UnderTheNull_IsSuperUniform() =>
        NullCalibration.AssertSuperUniform(
            41,
            static (ref SeededGenerator generator) =>
            {
                var differences = new double[15];
                for (var i = 0; i < differences.Length; i++)
                {
                    differences[i] = (generator.Next(2) == 0 ? -1 : 1) * (1.0 + i / 3);
                }

                return SignedRankTest.Greater(differences);
            });
}
