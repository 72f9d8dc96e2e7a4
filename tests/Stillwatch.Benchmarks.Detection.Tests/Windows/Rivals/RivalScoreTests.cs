using Stillwatch.Benchmarks.Detection.Windows;
using Stillwatch.Benchmarks.Detection.Windows.Features;
using Stillwatch.Benchmarks.Detection.Windows.Rivals;

namespace Stillwatch.Benchmarks.Detection.Tests.Windows.Rivals;

public sealed class RivalScoreTests
{
    private const int Reference = 60;
    private const int Calibration = 40;
    private const int Window = 20;

    private static readonly WindowSetting Setting = Texts.Setting(
        [.. Texts.Benign(Reference + Calibration, 1), .. Texts.Benign(Window, 2), .. Texts.Foreign(Window, 3)],
        Reference,
        Calibration,
        Window);

    private static readonly int[] Benign = [.. Enumerable.Range(Reference + Calibration, Window)];
    private static readonly int[] Foreign = [.. Enumerable.Range(Reference + Calibration + Window, Window)];

    [Fact]
    public void Mmd_OfTwoPairs_IsTheUnbiasedEstimate()
    {
        double[,] kernel = { { 1, 0.5, 0.1, 0.2 }, { 0.5, 1, 0.3, 0.4 }, { 0.1, 0.3, 1, 0.25 }, { 0.2, 0.4, 0.25, 1 } };
        var matrix = SquareMatrix.Of(4, (row, column) => (float)kernel[row, column]);
        Assert.Equal(0.5 + 0.25 - 2 * 0.25, MaximumMeanDiscrepancy.Between(matrix, [0, 1], [2, 3]), 6);
    }

    [Fact]
    public void Kernel_AtTheBandwidth_IsTheMeanOfFour() =>
        Assert.Equal(
            (Math.Exp(-2) + Math.Exp(-0.5) + Math.Exp(-0.125) + Math.Exp(-1 / 32.0)) / 4, GaussianMixtureKernel.Value(9, 3), 12);

    [Fact]
    public void Mmd_AgainstTheWholeReference_IsTheMeanOfItsRepeats()
    {
        var whole = Setting with { WindowSize = Reference };
        var expected = MaximumMeanDiscrepancy.Between(GaussianMixtureKernel.Fit(whole).Matrix, whole.Reference, Foreign);
        Assert.Equal(expected, new MaximumMeanDiscrepancy(whole).Of(Foreign), 5);
    }

    [Fact]
    public void Mahalanobis_OfAQuery_IsTheQuadraticForm()
    {
        var vectors = QueryVectors.Of(4, 2, query => ((double[][])[[0, 0], [2, 0], [0, 4], [2, 4]])[query]);
        var distances = Whitening.WithRidge(vectors, [0, 1, 2, 3], ridge: 0).Apply(vectors).SquaredLengths();
        Assert.All(distances, static distance => Assert.Equal(1 / (4 / 3.0) + 4 / (16 / 3.0), distance, 5));
    }

    [Fact]
    public void Prada_OfAWindow_IsOneMinusWOfItsNearestDistances()
    {
        double[] places = [0, 0.1, 0.3, 0.6, 1, 1.5];
        var cosines = SquareMatrix.Of(6, (i, j) => (float)(1 - Math.Pow(places[i] - places[j], 2) / 2));
        double[] nearest = [0.1, 0.1, 0.2, 0.3, 0.4, 0.5];
        Assert.Equal(1 - ShapiroWilk.Statistic(nearest), new Prada(cosines).Of([0, 1, 2, 3, 4, 5]), 4);
    }

    [Fact]
    public void Seat_OfAWindow_IsTheShareOfPairsFromTheThresholdOn()
    {
        var seat = new Seat(Setting);
        var pairs = Foreign.SelectMany(left => Foreign.Where(right => right < left).Select(right => Setting.Queries.Cosines[left, right]));
        Assert.Equal(pairs.Count(cosine => cosine >= seat.Threshold) / (Window * (Window - 1) / 2.0), seat.Of(Foreign), 12);
    }

    [Fact]
    public void Cap_AtTheCoverageOfItsKnee_CostsWhatTheFormulaSays() =>
        Assert.Equal(5e-4 + 0.05 * (8 / 5e-4 - 1) + 0.35 * 8 * 0.5 + 0.45 * 8 * 0.25, CoverageCost.Cost(0.19, 0.5, 0.25), 9);

    [Fact]
    public void Cap_OfOneRepeatedQuery_HasOneCellAndNoSpread() =>
        Assert.Equal(CoverageCost.Cost(1 / 2048.0, 0.1, 0), new CoverageCost(Setting).Of([.. Enumerable.Repeat(5, 10)]), 2);

    [Theory]
    [InlineData("mmd")]
    [InlineData("mahalanobis")]
    [InlineData("date")]
    public void Score_OfForeignQueries_IsHigher(string name)
    {
        IWindowScore score = name switch
        {
            "mmd" => new MaximumMeanDiscrepancy(Setting),
            "mahalanobis" => new MahalanobisDistance(Setting),
            _ => new ReplacedTokens(Setting),
        };
        Assert.True(score.Of(Foreign) > score.Of(Benign));
    }

    [Fact]
    public void Score_OfAnotherOrder_IsTheSame()
    {
        int[] reversed = [.. Foreign.Reverse()];
        Assert.Equal(new MaximumMeanDiscrepancy(Setting).Of(Foreign), new MaximumMeanDiscrepancy(Setting).Of(reversed), 5);
        Assert.Equal(new Prada(Setting.Queries.Cosines).Of(Foreign), new Prada(Setting.Queries.Cosines).Of(reversed), 9);
        Assert.Equal(new CoverageCost(Setting).Of(Foreign), new CoverageCost(Setting).Of(reversed), 5);
    }
}
