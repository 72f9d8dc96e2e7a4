using Stillwatch.Benchmarks.Detection.Windows.Rivals;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Tests.Windows.Rivals;

public sealed class ShapiroWilkTests
{
    /// <summary>The weights of eleven men, the example of Shapiro and Wilk 1965.</summary>
    private static readonly double[] Weights = [148, 154, 158, 160, 161, 162, 166, 170, 182, 195, 236];

    private static readonly double[] Skewed =
        [0.11, 7.87, 4.61, 10.14, 7.95, 3.14, 0.46, 4.43, 0.21, 4.75, 0.71, 1.52, 3.24, 0.93, 0.42, 4.97, 9.53, 4.55, 0.47, 6.66];

    private static readonly double[] Normal =
        [1.36, 1.14, 2.92, 2.55, 1.46, 1.06, 5.27, -1.11, 3.48, 1.10, 0.88, -0.51, 1.46, 0.52, 6.20, 1.69, 0.08, 3.67, 2.81, 3.49];

    [Fact]
    public void Statistic_OfThePublishedExample_IsThePublishedOne()
    {
        var statistic = ShapiroWilk.Statistic(Weights);
        Assert.Equal(0.78881, statistic, 5);
        Assert.Equal(0.006704, ShapiroWilk.PValueOf(statistic, Weights.Length).Probability, 5);
    }

    [Theory]
    [InlineData(true, 0.900473, 0.042090)]
    [InlineData(false, 0.959027, 0.524598)]
    public void Statistic_OfTwentyValues_IsThatOfOtherImplementations(bool skewed, double statistic, double probability)
    {
        var found = ShapiroWilk.Statistic(skewed ? Skewed : Normal);
        Assert.Equal(statistic, found, 5);
        Assert.Equal(probability, ShapiroWilk.PValueOf(found, 20).Probability, 4);
    }

    [Fact]
    public void Statistic_OfThreeValues_IsTheClosedForm() =>
        Assert.Equal(0.75, ShapiroWilk.Statistic([0, 0, 1]), 12);

    [Theory]
    [InlineData(20)]
    [InlineData(300)]
    public void PValue_OfNormalSamples_IsUniform(int size)
    {
        const int Samples = 2000;
        var generator = new SeededGenerator(94);
        var rejected = 0;
        var values = new double[size];
        for (var sample = 0; sample < Samples; sample++)
        {
            for (var i = 0; i < size; i++)
            {
                values[i] = MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, generator.NextDouble() + 1e-17);
            }

            rejected += ShapiroWilk.PValueOf(ShapiroWilk.Statistic(values), size).Rejects(0.1) ? 1 : 0;
        }

        Assert.True(ClopperPearson.Interval(rejected, Samples, 0.999).Contains(0.1), $"{rejected} of {Samples} rejected.");
    }

    [Fact]
    public void Statistic_SizeOutOfRange_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ShapiroWilk.Statistic([1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ShapiroWilk.Statistic(new double[ShapiroWilk.MaxSize + 1]));
    }
}
