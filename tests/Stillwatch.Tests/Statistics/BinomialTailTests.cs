using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

public sealed class BinomialTailTests
{
    [Theory]
    [InlineData(1, 1, 0.5)]
    [InlineData(3, 10, 0.1)]
    [InlineData(10, 10, 0.1)]
    [InlineData(150, 300, 0.5)]
    [InlineData(290, 300, 0.25)]
    [InlineData(400, 400, 0.001)]
    [InlineData(5, 100, 1e-20)]
    [InlineData(1, 40, 1e-300)]
    [InlineData(399, 400, 0.999)]
    [InlineData(30, 400, 0.9999999)]
    public void Tails_AgainstExactSums_AgreeToTwelveDigits(long k, long n, double p) => AssertTails(k, n, p);

    [Fact]
    public void Tails_OnRandomArguments_AgreeWithExactSums()
    {
        var generator = new SeededGenerator(1);
        for (var i = 0; i < 150; i++)
        {
            var n = 1 + generator.Next(120);
            var k = generator.Next(n + 1);
            var p = generator.Bernoulli(0.5) ? generator.NextDouble() : Math.Pow(10, -6 * generator.NextDouble());
            AssertTails(k, n, p);
        }
    }

    /// <summary>Half of all outcomes of an odd number of fair trials lie above the middle, whatever the number.</summary>
    [Theory]
    [InlineData(1_000_001L)]
    [InlineData(1_000_000_001L)]
    [InlineData(100_000_000_001L)]
    public void AtLeast_FairTrialsAboveTheMiddle_IsOneHalf(long n) =>
        Assert.Equal(0.5, BinomialTail.AtLeast(n / 2 + 1, n, 0.5).Probability, 1e-9);

    [Fact]
    public void Tails_OutsideTheSupport_AreZeroOrOne()
    {
        Assert.Equal(PValue.One, BinomialTail.AtLeast(0, 5, 0.3));
        Assert.Equal(PValue.One, BinomialTail.AtLeast(-3, 5, 0.3));
        Assert.Equal(0, BinomialTail.AtLeast(6, 5, 0.3).Probability);
        Assert.Equal(PValue.One, BinomialTail.AtMost(5, 5, 0.3));
        Assert.Equal(0, BinomialTail.AtMost(-1, 5, 0.3).Probability);
        Assert.Equal(0, BinomialTail.AtLeast(1, 5, 0).Probability);
        Assert.Equal(PValue.One, BinomialTail.AtLeast(5, 5, 1));
        Assert.Equal(PValue.One, BinomialTail.AtLeast(0, 0, 0.5));
    }

    [Fact]
    public void Tails_OfNeighbours_AddUpToOneAndFall() =>
        Prop.ForAll(
            Gen.Choose(1, 2000)
                .SelectMany(n => Gen.Choose(0, n).SelectMany(k => Gen.Choose(1, 999).Select(p => (n, k, p / 1000.0))))
                .ToArbitrary(),
            static ((int N, int K, double P) x) =>
            {
                var (above, below) = (BinomialTail.AtLeast(x.K + 1, x.N, x.P), BinomialTail.AtMost(x.K, x.N, x.P));
                return Math.Abs(above.Probability + below.Probability - 1) < 1e-12
                    && above.Log10 <= BinomialTail.AtLeast(x.K, x.N, x.P).Log10 + 1e-12;
            }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(-1, 0.5)]
    [InlineData(BinomialTail.MaxTrials + 1, 0.5)]
    [InlineData(10, -0.1)]
    [InlineData(10, 1.1)]
    [InlineData(10, double.NaN)]
    public void AtLeast_ArgumentOutOfRange_IsRefused(long trials, double probability) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BinomialTail.AtLeast(1, trials, probability));

    [Fact]
    public void Tails_UnderTheNull_AreSuperUniform()
    {
        NullCalibration.AssertSuperUniform(11, (ref g) => BinomialTail.AtLeast(g.Binomial(60, 0.2), 60, 0.2));
        NullCalibration.AssertSuperUniform(12, (ref g) => BinomialTail.AtMost(g.Binomial(60, 0.2), 60, 0.2));
        NullCalibration.AssertSuperUniform(13, (ref g) => TwoSided(g.Binomial(60, 0.2)));
    }

    [Fact]
    public void Tails_PlantedEffect_AreSmall()
    {
        NullCalibration.AssertDetects(14, (ref g) => BinomialTail.AtLeast(g.Binomial(60, 0.5), 60, 0.2), 0.001, 0.9);
        NullCalibration.AssertDetects(15, (ref g) => BinomialTail.AtMost(g.Binomial(60, 0.02), 60, 0.2), 0.001, 0.8);
        NullCalibration.AssertDetects(16, (ref g) => TwoSided(g.Binomial(60, 0.5)), 0.001, 0.9);
    }

    private static void AssertTails(long k, long n, double p)
    {
        ExactArithmetic.AssertLog10(ExactArithmetic.BinomialAtLeast(k, n, p), BinomialTail.AtLeast(k, n, p), $"P(X >= {k}; {n}, {p:R})");
        ExactArithmetic.AssertLog10(ExactArithmetic.BinomialAtMost(k, n, p), BinomialTail.AtMost(k, n, p), $"P(X <= {k}; {n}, {p:R})");
    }

    private static PValue TwoSided(int k) => PValue.TwoSided(BinomialTail.AtMost(k, 60, 0.2), BinomialTail.AtLeast(k, 60, 0.2));
}
