using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

public sealed class PToECalibratorTests
{
    /// <summary>python3: the three formulas in decimal.Decimal at 500 digits, log10; kappa of the power calibrator is 0.2.</summary>
    [Theory]
    [InlineData(0.05, 0.2512298114870837, 0.5405967220776443, 0.34185399219516616)]
    [InlineData(1e-6, 3.71925968749164, 2.9995654882259823, 4.101029995663981)]
    [InlineData(0.5, -0.1947208040462348, -0.3827756853378631, -0.45814600780483383)]
    [InlineData(0.9, -0.28564295835052705, -1.2668625176006556, -0.6623640118874787)]
    [InlineData(0.999999, -0.3010298508990695, -6.30102966994297, -0.6989696569002596)]
    public void Calibrators_GoldenValues_Agree(double p, double mixture, double shafer, double power)
    {
        var value = PValue.FromProbability(p);
        Assert.Equal(mixture, PToECalibrator.Mixture(value).Log10, 1e-12);
        Assert.Equal(shafer, PToECalibrator.Shafer(value).Log10, 1e-9);
        Assert.Equal(power, PToECalibrator.Power(value, 0.2).Log10, 1e-12);
    }

    [Fact]
    public void Calibrators_PValueBelowTheSmallestDouble_DoNotOverflow()
    {
        var p = PValue.FromLog10(-400);
        Assert.Equal(394.07144863994514, PToECalibrator.Mixture(p).Log10, 1e-10);
        Assert.Equal(200, PToECalibrator.Shafer(p).Log10, 1e-10);
        Assert.Equal(319.30102999566395, PToECalibrator.Power(p, 0.2).Log10, 1e-10);
    }

    [Fact]
    public void Calibrators_AtTheEnds_AreTheirLimits()
    {
        var zero = PValue.FromLog10(double.NegativeInfinity);
        Assert.Equal(0.5, PToECalibrator.Mixture(PValue.One).Value, 1e-15);
        Assert.Equal(EValue.Zero, PToECalibrator.Shafer(PValue.One));
        Assert.Equal(0.2, PToECalibrator.Power(PValue.One, 0.2).Value, 1e-15);
        Assert.Equal(double.PositiveInfinity, PToECalibrator.Mixture(zero).Log10);
        Assert.Equal(double.PositiveInfinity, PToECalibrator.Shafer(zero).Log10);
        Assert.Equal(double.PositiveInfinity, PToECalibrator.Power(zero, 0.2).Log10);
        Assert.Throws<ArgumentOutOfRangeException>(() => PToECalibrator.Power(PValue.One, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PToECalibrator.Power(PValue.One, 0));
    }

    /// <summary>
    /// A calibrator falls and has integral 1; midpoints on a grid that is fine near 0 bound the integral from both sides.
    /// </summary>
    [Fact]
    public void Calibrators_OverTheUnitInterval_FallAndIntegrateToOne()
    {
        Func<PValue, EValue>[] calibrators = [PToECalibrator.Mixture, PToECalibrator.Shafer, static p => PToECalibrator.Power(p, 0.5)];
        Assert.All(calibrators, static calibrator =>
        {
            const int Steps = 200_000;
            var (integral, before) = (0.0, double.PositiveInfinity);
            for (var i = 0; i < Steps; i++)
            {
                var log10 = -250 * Math.Pow(1 - (i + 0.5) / Steps, 3);
                var width = 750 * Math.Pow(1 - (i + 0.5) / Steps, 2) / Steps * Math.Log(10);
                var value = calibrator(PValue.FromLog10(log10)).Log10;
                Assert.True(value <= before);
                before = value;
                integral += Math.Pow(10, value + log10) * width;
            }

            Assert.InRange(integral, 0.995, 1.0001);
        });
    }

    [Fact]
    public void Calibrators_UnderTheNull_HaveExpectationAtMostOne()
    {
        NullCalibration.AssertExpectationAtMostOne(101, (ref g) => PToECalibrator.Mixture(Uniform(ref g)));
        NullCalibration.AssertExpectationAtMostOne(102, (ref g) => PToECalibrator.Shafer(Uniform(ref g)));
        NullCalibration.AssertExpectationAtMostOne(103, (ref g) => PToECalibrator.Power(Uniform(ref g), 0.2));
        NullCalibration.AssertSuperUniform(104, (ref g) => PToECalibrator.Mixture(Uniform(ref g)).ToPValue());
    }

    [Fact]
    public void Calibrators_SmallPValues_GiveLargeEValues() => NullCalibration.AssertDetects(
        105, (ref g) => PToECalibrator.Mixture(PValue.FromProbability(1e-5 * g.NextDouble())).ToPValue(), 0.01, 0.9);

    private static PValue Uniform(ref SeededGenerator generator) => PValue.FromProbability(1 - generator.NextDouble());
}
