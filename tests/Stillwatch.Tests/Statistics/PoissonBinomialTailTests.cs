using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

public sealed class PoissonBinomialTailTests
{
    /// <summary>
    /// python3: convolution in fractions.Fraction of trials with probabilities 1/2, 1/4, 1/8, 1/16 and of i/1024 for i = 1 to 200.
    /// </summary>
    [Fact]
    public void AtLeast_GoldenValues_AgreeToTwelveDigits()
    {
        ExactArithmetic.AssertLog10(-1.5789361924808247, PoissonBinomialTail.AtLeast(3, [0.5, 0.25, 0.125, 0.0625]), "four trials");
        ExactArithmetic.AssertLog10(-39.65894983789495, PoissonBinomialTail.AtLeast(90, Ramp(200)), "200 trials");
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.01)]
    [InlineData(1e-12)]
    [InlineData(0.999)]
    public void Tails_EqualProbabilities_AreBinomialTails(double p)
    {
        var probabilities = Enumerable.Repeat(p, 300).ToArray();
        for (var k = 0; k <= 300; k += 20)
        {
            var (above, below) = (BinomialTail.AtLeast(k, 300, p).Log10, BinomialTail.AtMost(k, 300, p).Log10);
            ExactArithmetic.AssertLog10(above, PoissonBinomialTail.AtLeast(k, probabilities), $"at least {k}", 2e-11);
            ExactArithmetic.AssertLog10(below, PoissonBinomialTail.AtMost(k, probabilities), $"at most {k}", 2e-11);
        }
    }

    [Fact]
    public void Tails_CertainAndImpossibleTrials_AreCountedOut()
    {
        double[] probabilities = [1, 0, 0.5, 1, 0];
        Assert.Equal(PValue.One, PoissonBinomialTail.AtLeast(2, probabilities));
        Assert.Equal(0.5, PoissonBinomialTail.AtLeast(3, probabilities).Probability, 1e-15);
        Assert.Equal(0, PoissonBinomialTail.AtLeast(4, probabilities).Probability);
        Assert.Equal(0.5, PoissonBinomialTail.AtMost(2, probabilities).Probability, 1e-15);
        Assert.Equal(0, PoissonBinomialTail.AtMost(1, probabilities).Probability);
        Assert.Equal(PValue.One, PoissonBinomialTail.AtMost(3, probabilities));
        Assert.Equal(PValue.One, PoissonBinomialTail.AtLeast(0, []));
        Assert.Equal(0, PoissonBinomialTail.AtMost(long.MinValue, probabilities).Probability);
        Assert.Throws<ArgumentOutOfRangeException>(() => PoissonBinomialTail.AtLeast(1, [0.5, double.NaN]));
    }

    [Fact]
    public void UpperBoundAtLeast_AnyTrials_IsNeverBelowTheTail() =>
        Prop.ForAll(
            Gen.Choose(0, 1_000_000).Select(static part => part / 1e6).ListOf().SelectMany(
                list => Gen.Choose(-1, list.Count + 1).Select(k => (Probabilities: list.ToArray(), K: k))).ToArbitrary(),
            static x => PoissonBinomialTail.UpperBoundAtLeast(x.K, x.Probabilities).Log10
                >= PoissonBinomialTail.AtLeast(x.K, x.Probabilities).Log10 - 1e-12).QuickCheckThrowOnFailure();

    [Fact]
    public void UpperBoundAtLeast_ManyTrials_IsWithinAFifthOfTheTail()
    {
        var probabilities = Ramp(1000);
        for (var k = 560; k < 990; k += 10)
        {
            var (bound, tail) = (PoissonBinomialTail.UpperBoundAtLeast(k, probabilities), PoissonBinomialTail.AtLeast(k, probabilities));
            Assert.InRange(bound.Log10 - tail.Log10, 0, Math.Log10(1.25));
        }
    }

    [Fact]
    public void Tails_BeyondTheExactLimit_AreConservative()
    {
        var probabilities = Enumerable.Repeat(0.03125, 5000).ToArray();
        for (var k = 160; k < 400; k += 15)
        {
            var exact = BinomialTail.AtLeast(k, 5000, 0.03125);
            Assert.InRange(PoissonBinomialTail.AtLeast(k, probabilities).Log10 - exact.Log10, 0, 1.0);
        }

        for (var k = 20; k < 150; k += 15)
        {
            var exact = BinomialTail.AtMost(k, 5000, 0.03125);
            Assert.InRange(PoissonBinomialTail.AtMost(k, probabilities).Log10 - exact.Log10, 0, 1.0);
        }
    }

    [Fact]
    public void Tails_UnderTheNull_AreSuperUniform()
    {
        var probabilities = Ramp(30).Select(static p => 20 * p).ToArray();
        NullCalibration.AssertSuperUniform(51, (ref g) => PoissonBinomialTail.AtLeast(Successes(ref g, probabilities), probabilities));
        NullCalibration.AssertSuperUniform(52, (ref g) => PoissonBinomialTail.AtMost(Successes(ref g, probabilities), probabilities));
        NullCalibration.AssertSuperUniform(53, (ref g) => Bound(Successes(ref g, probabilities), probabilities));
    }

    [Fact]
    public void Tails_PlantedEffect_AreSmall()
    {
        var probabilities = Ramp(30).Select(static p => 20 * p).ToArray();
        var planted = probabilities.Select(static p => Math.Min(1, 2.2 * p)).ToArray();
        NullCalibration.AssertDetects(54, (ref g) => PoissonBinomialTail.AtLeast(Successes(ref g, planted), probabilities), 0.01, 0.9);
        NullCalibration.AssertDetects(55, (ref g) => Bound(Successes(ref g, planted), probabilities), 0.01, 0.8);
    }

    private static PValue Bound(int successes, double[] probabilities) => PoissonBinomialTail.UpperBoundAtLeast(successes, probabilities);

    private static double[] Ramp(int trials) => [.. Enumerable.Range(1, trials).Select(static i => i / 1024.0)];

    private static int Successes(ref SeededGenerator generator, double[] probabilities)
    {
        var successes = 0;
        foreach (var probability in probabilities)
        {
            successes += generator.Bernoulli(probability) ? 1 : 0;
        }

        return successes;
    }
}
