using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

public sealed class HypergeometricTailTests
{
    [Theory]
    [InlineData(3, 20, 7, 6)]
    [InlineData(50, 1000, 60, 60)]
    [InlineData(60, 1000, 60, 60)]
    [InlineData(1, 1000, 1, 1)]
    [InlineData(200, 2000, 500, 400)]
    [InlineData(400, 2000, 500, 400)]
    [InlineData(0, 2000, 1000, 300)]
    [InlineData(290, 300, 295, 294)]
    public void Tails_AgainstExactSums_AgreeToTwelveDigits(long k, long population, long marked, long drawn) =>
        AssertTails(k, population, marked, drawn);

    [Fact]
    public void Tails_OnRandomArguments_AgreeWithExactSums()
    {
        var generator = new SeededGenerator(2);
        for (var i = 0; i < 150; i++)
        {
            var population = 1 + generator.Next(300);
            AssertTails(generator.Next(population + 1), population, generator.Next(population + 1), generator.Next(population + 1));
        }
    }

    /// <summary>P(all k drawn are marked) has a closed form: a product of k fractions.</summary>
    [Fact]
    public void AtLeast_HugePopulation_KeepsItsDigits()
    {
        var expected = 0.0;
        for (var i = 0; i < 40; i++)
        {
            expected += Math.Log10((1_000_000.0 - i) / (1_000_000_000_000.0 - i));
        }

        ExactArithmetic.AssertLog10(expected, HypergeometricTail.AtLeast(40, 1_000_000_000_000, 1_000_000, 40), "40 of 40");
    }

    [Fact]
    public void Tails_OfNeighbours_AddUpToOneInAHugePopulation() => Assert.Equal(
        1,
        HypergeometricTail.AtLeast(500_101, 1L << 40, 1L << 30, 512_000_000).Probability
            + HypergeometricTail.AtMost(500_100, 1L << 40, 1L << 30, 512_000_000).Probability,
        1e-12);

    [Fact]
    public void Tails_AtTheEnds_AreZeroOrOne()
    {
        Assert.Equal(PValue.One, HypergeometricTail.AtLeast(0, 10, 3, 4));
        Assert.Equal(0, HypergeometricTail.AtLeast(4, 10, 3, 4).Probability);
        Assert.Equal(PValue.One, HypergeometricTail.AtLeast(2, 10, 8, 4));
        Assert.Equal(PValue.One, HypergeometricTail.AtMost(3, 10, 3, 4));
        Assert.Equal(0, HypergeometricTail.AtMost(1, 10, 8, 4).Probability);
        Assert.Equal(0, HypergeometricTail.AtMost(long.MinValue, 10, 3, 4).Probability);
        Assert.Equal(PValue.One, HypergeometricTail.AtMost(long.MaxValue, 10, 3, 4));
        Assert.Equal(PValue.One, HypergeometricTail.AtLeast(0, 0, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => HypergeometricTail.AtLeast(1, 10, 11, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => HypergeometricTail.AtLeast(1, 10, 1, 11));
    }

    [Fact]
    public void Tails_UnderTheNull_AreSuperUniform()
    {
        NullCalibration.AssertSuperUniform(41, (ref g) => HypergeometricTail.AtLeast(Found(ref g), 80, 30, 20));
        NullCalibration.AssertSuperUniform(42, (ref g) => HypergeometricTail.AtMost(Found(ref g), 80, 30, 20));
    }

    [Fact]
    public void AtLeast_PlantedEffect_IsSmall() =>
        NullCalibration.AssertDetects(43, (ref g) => HypergeometricTail.AtLeast(g.Binomial(20, 0.85), 80, 30, 20), 0.001, 0.9);

    private static void AssertTails(long k, long population, long marked, long drawn)
    {
        var what = $"{k} of {drawn} drawn, {marked} of {population} marked";
        ExactArithmetic.AssertLog10(
            Capped(ExactArithmetic.HypergeometricBetween(k, drawn, population, marked, drawn)),
            HypergeometricTail.AtLeast(k, population, marked, drawn),
            "at least " + what);
        ExactArithmetic.AssertLog10(
            Capped(ExactArithmetic.HypergeometricBetween(0, k, population, marked, drawn)),
            HypergeometricTail.AtMost(k, population, marked, drawn),
            "at most " + what);
    }

    private static double Capped(double log10) => Math.Min(0, log10);

    /// <summary>Draws 20 of 80 members one by one, of which 30 are marked.</summary>
    private static int Found(ref SeededGenerator generator)
    {
        var found = 0;
        for (var drawn = 0; drawn < 20; drawn++)
        {
            found += generator.Next(80 - drawn) < 30 - found ? 1 : 0;
        }

        return found;
    }
}
