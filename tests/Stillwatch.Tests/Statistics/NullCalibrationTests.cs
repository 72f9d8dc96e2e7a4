using Stillwatch.Statistics;
using Xunit.Sdk;

namespace Stillwatch.Tests.Statistics;

public sealed class NullCalibrationTests
{
    [Fact]
    public void AssertSuperUniform_UniformPValues_Passes() =>
        NullCalibration.AssertSuperUniform(1, (ref generator) => PValue.FromProbability(generator.NextDouble()));

    [Theory]
    [InlineData(0.9)]
    [InlineData(0.95)]
    public void AssertSuperUniform_PValuesTooSmall_Fails(double factor) =>
        Assert.ThrowsAny<XunitException>(() => NullCalibration.AssertSuperUniform(
            2, (ref generator) => PValue.FromProbability(factor * generator.NextDouble())));

    [Fact]
    public void AssertSuperUniform_OnlySmallPValuesTooFrequent_Fails() =>
        Assert.ThrowsAny<XunitException>(() => NullCalibration.AssertSuperUniform(
            3, (ref generator) => PValue.FromProbability(generator.NextDouble() < 0.004 ? 0.001 : 1)));

    [Fact]
    public void AssertExpectationAtMostOne_MeanOfOne_Passes() =>
        NullCalibration.AssertExpectationAtMostOne(4, (ref generator) => EValue.FromValue(2 * generator.NextDouble()));

    [Fact]
    public void AssertExpectationAtMostOne_MeanTooLarge_Fails() =>
        Assert.ThrowsAny<XunitException>(() => NullCalibration.AssertExpectationAtMostOne(
            5, (ref generator) => EValue.FromValue(2.08 * generator.NextDouble())));

    [Fact]
    public void AssertExpectationAtMostOne_RareHugeValuesTooFrequent_Fails() =>
        Assert.ThrowsAny<XunitException>(() => NullCalibration.AssertExpectationAtMostOne(
            6, (ref generator) => EValue.FromValue(generator.NextDouble() < 0.02 ? 100 : 0.1)));

    [Fact]
    public void AssertDetects_NoEffect_Fails() =>
        Assert.ThrowsAny<XunitException>(() => NullCalibration.AssertDetects(
            7, (ref generator) => PValue.FromProbability(generator.NextDouble()), 0.01, 0.5));
}
