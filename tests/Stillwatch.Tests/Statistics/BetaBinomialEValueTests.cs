using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

public sealed class BetaBinomialEValueTests
{
    /// <summary>
    /// python3: integrals of theta^k (1 - theta)^(n - k) over [0, 1], [p, 1] and [0, p] in fractions.Fraction; prior Beta(1, 1).
    /// </summary>
    [Theory]
    [InlineData(7, 10, 0.25, 1.4686622179147868, 1.5930845850025066, -0.854359661713724)]
    [InlineData(0, 10, 0.25, 0.2079946809247745, -1.0413926851582251, 0.7913135729643851)]
    [InlineData(3, 400, 0.001953125, -1.1630220444735888, -1.1658239600111673, -0.5309515809952926)]
    [InlineData(60, 100, 0.5, -0.03950554455425169, 0.25140922043748254, -1.376331868020344)]
    [InlineData(100, 100, 0.015625, 178.61367602460606, 178.62051544913638, -2.0043213737826426)]
    public void Of_UniformPrior_AgreesWithExactIntegrals(long k, long n, double p, double twoSided, double greater, double less)
    {
        Assert.Equal(twoSided, new BetaBinomialEValue(p, Alternative.TwoSided, 1, 1).Of(k, n).Log10, 1e-11);
        Assert.Equal(greater, new BetaBinomialEValue(p, Alternative.Greater, 1, 1).Of(k, n).Log10, 1e-11);
        Assert.Equal(less, new BetaBinomialEValue(p, Alternative.Less, 1, 1).Of(k, n).Log10, 1e-11);
    }

    /// <summary>
    /// python3: the same for the default prior Beta(1/2, 1/2), whose integrals are products of half-integers over factorials.
    /// </summary>
    [Theory]
    [InlineData(7, 10, 0.25, 1.3260322646340368)]
    [InlineData(900, 1000, 0.5, 158.24995696844974)]
    public void Of_DefaultPrior_AgreesWithExactIntegrals(long k, long n, double p, double log10) =>
        Assert.Equal(log10, new BetaBinomialEValue(p, Alternative.TwoSided).Of(k, n).Log10, 1e-11);

    /// <summary>The expectation is a finite sum: exactly 1 at the null probability, at most 1 at every one on its side.</summary>
    [Theory]
    [InlineData(Alternative.TwoSided, 0.3)]
    [InlineData(Alternative.Greater, 0.3)]
    [InlineData(Alternative.Greater, 0.001)]
    [InlineData(Alternative.Less, 0.3)]
    public void Of_AllOutcomes_HaveExpectationOne(Alternative alternative, double p)
    {
        var value = new BetaBinomialEValue(p, alternative);
        Assert.Equal(1, Expectation(value, p), 1e-10);
        if (alternative != Alternative.TwoSided)
        {
            Assert.True(Expectation(value, alternative == Alternative.Greater ? p / 2 : (1 + p) / 2) < 1);
        }
    }

    [Fact]
    public void Of_HugeCounts_KeepsItsDigits()
    {
        var value = new BetaBinomialEValue(0.5, Alternative.TwoSided, 1, 1);
        const long N = 1_000_000_000_000;

        // At k = n/2 the ratio is 1/((n + 1) C(n, n/2) 2^-n), which is sqrt(pi n / 2)/n to a relative error of 1/n.
        Assert.Equal(Math.Log10(Math.Sqrt(Math.PI * N / 2) / N), value.Of(N / 2, N).Log10, 1e-9);
    }

    [Fact]
    public void Of_BadArguments_AreRefused()
    {
        Assert.Equal(EValue.One, new BetaBinomialEValue(0.5, Alternative.Greater).Of(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BetaBinomialEValue(0.5, Alternative.Greater).Of(2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BetaBinomialEValue(0, Alternative.Greater));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BetaBinomialEValue(0.5, (Alternative)7));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BetaBinomialEValue(0.5, Alternative.Less, 0));
    }

    [Fact]
    public void Of_UnderTheNull_HasExpectationAtMostOne()
    {
        var (greater, less, two) = (Test(Alternative.Greater), Test(Alternative.Less), Test(Alternative.TwoSided));
        NullCalibration.AssertExpectationAtMostOne(121, (ref g) => greater.Of(g.Binomial(40, 0.3), 40));
        NullCalibration.AssertExpectationAtMostOne(122, (ref g) => less.Of(g.Binomial(40, 0.3), 40));
        NullCalibration.AssertExpectationAtMostOne(123, (ref g) => two.Of(g.Binomial(40, 0.3), 40));
    }

    /// <summary>
    /// Stopping when the e-value is largest within the first 40 trials that the stopper sees: at 20 or at first success to exceed 3.
    /// </summary>
    [Fact]
    public void Of_StoppedByLooking_HasExpectationAtMostOne()
    {
        var value = Test(Alternative.Greater);
        NullCalibration.AssertExpectationAtMostOne(124, (ref g) =>
        {
            var successes = 0;
            for (var n = 1; n <= 40; n++)
            {
                successes += g.Bernoulli(0.3) ? 1 : 0;
                if (value.Of(successes, n).Value > 3)
                {
                    return value.Of(successes, n);
                }
            }

            return value.Of(successes, 40);
        });
    }

    [Fact]
    public void Of_PlantedEffect_IsLarge()
    {
        var (greater, less) = (Test(Alternative.Greater), Test(Alternative.Less));
        NullCalibration.AssertDetects(125, (ref g) => greater.Of(g.Binomial(40, 0.75), 40).ToPValue(), 0.001, 0.9);
        NullCalibration.AssertDetects(126, (ref g) => less.Of(g.Binomial(40, 0.01), 40).ToPValue(), 0.01, 0.9);
    }

    private static BetaBinomialEValue Test(Alternative alternative) => new(0.3, alternative);

    private static double Expectation(BetaBinomialEValue value, double p)
    {
        var sum = 0.0;
        for (var k = 0; k <= 50; k++)
        {
            sum += (double)ExactArithmetic.Choose(50, k) * Math.Pow(p, k) * Math.Pow(1 - p, 50 - k) * value.Of(k, 50).Value;
        }

        return sum;
    }
}
