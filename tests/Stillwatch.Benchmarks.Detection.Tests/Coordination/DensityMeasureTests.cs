using Stillwatch.Benchmarks.Detection.Coordination;

namespace Stillwatch.Benchmarks.Detection.Tests.Coordination;

public sealed class DensityMeasureTests
{
    /// <summary>By hand: mass 10 of 100 in 2 x 3 of 20 x 30 values.</summary>
    [Theory]
    [InlineData(DensityMeasure.Arithmetic, 4.0)]
    [InlineData(DensityMeasure.Geometric, 4.0824829046386304)]
    [InlineData(DensityMeasure.Suspiciousness, 14.025850929940457)]
    public void Density_KnownBlock_AgreesWithTheHand(object measure, double expected) =>
        Assert.Equal(expected, ((DensityMeasure)measure).Of(10, [2, 3], 100, [20, 30]), 1e-12);

    /// <summary>The whole tensor is as massive as a Poisson model of itself expects.</summary>
    [Fact]
    public void Suspiciousness_WholeTensor_IsZero() =>
        Assert.Equal(0, DensityMeasure.Suspiciousness.Of(100, [20, 30, 40], 100, [20, 30, 40]), 1e-9);

    [Fact]
    public void Density_NothingLeft_IsLowest()
    {
        Assert.Equal(double.NegativeInfinity, DensityMeasure.Arithmetic.Of(0, [1, 1], 5, [2, 2]));
        Assert.Equal(double.NegativeInfinity, DensityMeasure.Geometric.Of(1, [0, 1], 5, [2, 2]));
    }
}
