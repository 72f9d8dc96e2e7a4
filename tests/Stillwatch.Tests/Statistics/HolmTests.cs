using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

public sealed class HolmTests
{
    [Fact]
    public void Adjust_OfKnownFamily_GivesTheTextbookValues()
    {
        // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm").
        var adjusted = Holm.Adjust([.. new[] { 0.01, 0.04, 0.03, 0.005 }.Select(PValue.FromProbability)]);
        Assert.Equal([0.03, 0.06, 0.06, 0.02], adjusted.Select(static p => Math.Round(p.Probability, 12)));
    }

    [Fact]
    public void Adjust_NeverExceedsOne() =>
        Assert.All(Holm.Adjust([PValue.One, PValue.FromProbability(0.9)]), static p => Assert.Equal(PValue.One, p));

    [Fact]
    public void Adjust_OfNone_IsNone() => Assert.Empty(Holm.Adjust([]));

    [Fact]
    public void SmallestAdjusted_UnderTheNull_IsSuperUniform() =>
        NullCalibration.AssertSuperUniform(
            51,
            static (ref SeededGenerator generator) =>
            {
                var values = new PValue[20];
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = PValue.FromProbability(1 - generator.NextDouble());
                }

                return Holm.Adjust(values).Min();
            });

    [Theory]
    [InlineData(3.0, 1, 0.049787068367863944)]
    [InlineData(5.0, 3, 0.124652019483081)]
    [InlineData(0.0, 7, 1.0)]
    public void GammaTail_OfKnownSums_IsTheClosedForm(double total, long terms, double expected) =>
        Assert.Equal(expected, GammaTail.AtLeast(total, terms).Probability, 1e-12);
}
