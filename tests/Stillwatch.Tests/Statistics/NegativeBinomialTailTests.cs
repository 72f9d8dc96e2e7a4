using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

public sealed class NegativeBinomialTailTests
{
    /// <summary>python3: terms p^r prod (r + i)/(i + 1) q, summed with decimal.Decimal at 60 digits.</summary>
    [Theory]
    [InlineData(5, 0.5, 0.25, -1.00941869070646)]
    [InlineData(400, 2.5, 0.5, -117.08043357881009)]
    [InlineData(50, 0.125, 0.03125, -1.880814131455919)]
    [InlineData(1000, 10, 0.25, -108.88571992376755)]
    public void AtLeast_GoldenValues_AgreeToTwelveDigits(long k, double size, double p, double log10) =>
        ExactArithmetic.AssertLog10(log10, NegativeBinomialTail.AtLeast(k, size, p), $"P(X >= {k}; {size}, {p})");

    [Theory]
    [InlineData(5, 0.5, 0.25, -0.030889419182766095)]
    [InlineData(3, 200, 0.25, -114.64675984178204)]
    public void AtMost_GoldenValues_AgreeToTwelveDigits(long k, double size, double p, double log10) =>
        ExactArithmetic.AssertLog10(log10, NegativeBinomialTail.AtMost(k, size, p), $"P(X <= {k}; {size}, {p})");

    [Fact]
    public void AtLeastOfMean_GoldenValue_AgreesToTwelveDigits() =>
        ExactArithmetic.AssertLog10(-3.5713596645268417, NegativeBinomialTail.AtLeastOfMean(30, 2, 0.5), "P(X >= 30; mean 2, size 1/2)");

    /// <summary>At most k failures before the r-th success: at least r successes in r + k trials.</summary>
    [Fact]
    public void AtMost_IntegerSize_IsABinomialTail()
    {
        for (var k = 0; k < 60; k += 7)
        {
            var binomial = BinomialTail.AtLeast(9, 9 + k, 0.3);
            ExactArithmetic.AssertLog10(binomial.Log10, NegativeBinomialTail.AtMost(k, 9, 0.3), $"k = {k}");
        }
    }

    [Fact]
    public void AtLeastOfMean_LargeSize_ApproachesPoisson() =>
        Assert.Equal(PoissonTail.AtLeast(20, 8).Log10, NegativeBinomialTail.AtLeastOfMean(20, 8, 1e11).Log10, 1e-9);

    [Fact]
    public void Tails_AtTheEnds_AreZeroOrOne()
    {
        Assert.Equal(PValue.One, NegativeBinomialTail.AtLeast(0, 2, 0.5));
        Assert.Equal(0, NegativeBinomialTail.AtMost(-1, 2, 0.5).Probability);
        Assert.Equal(0, NegativeBinomialTail.AtLeast(1, 2, 1).Probability);
        Assert.Equal(PValue.One, NegativeBinomialTail.AtMost(0, 2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => NegativeBinomialTail.AtLeast(1, 0, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => NegativeBinomialTail.AtLeast(1, 2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => NegativeBinomialTail.AtLeastOfMean(1, -2, 1));
    }

    [Fact]
    public void Tails_UnderTheNull_AreSuperUniform()
    {
        NullCalibration.AssertSuperUniform(31, (ref g) => NegativeBinomialTail.AtLeast(Failures(ref g, 3, 0.2), 3, 0.2));
        NullCalibration.AssertSuperUniform(32, (ref g) => NegativeBinomialTail.AtMost(Failures(ref g, 3, 0.2), 3, 0.2));
        NullCalibration.AssertSuperUniform(33, (ref g) => NegativeBinomialTail.AtLeastOfMean(g.Poisson(6 * g.Exponential()), 6, 1));
    }

    [Fact]
    public void AtLeast_PlantedEffect_IsSmall() =>
        NullCalibration.AssertDetects(34, (ref g) => NegativeBinomialTail.AtLeast(Failures(ref g, 3, 0.02), 3, 0.2), 0.01, 0.9);

    /// <summary>Overdispersed counts, taken for Poisson counts, would be flagged; the negative binomial tail must not flag them.</summary>
    [Fact]
    public void PoissonTail_OfOverdispersedCounts_IsNotCalibrated() =>
        NullCalibration.AssertDetects(35, (ref g) => PoissonTail.AtLeast(g.Poisson(6 * g.Exponential()), 6), 0.01, 0.1);

    private static int Failures(ref SeededGenerator generator, int size, double p)
    {
        var failures = 0;
        for (var successes = 0; successes < size;)
        {
            var success = generator.Bernoulli(p);
            successes += success ? 1 : 0;
            failures += success ? 0 : 1;
        }

        return failures;
    }
}
