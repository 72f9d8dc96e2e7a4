using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

public sealed class RankingTests
{
    private static readonly double[] Scores = [0.1, 0.4, 0.35, 0.8];
    private static readonly bool[] Positive = [false, false, true, true];

    /// <summary>By hand; scikit-learn's documentation gives 0.83 and 0.75 for the same example.</summary>
    [Fact]
    public void Ranking_KnownExample_AgreesWithTheHand()
    {
        Assert.Equal(0.5 * 1 + 0.5 * 2 / 3.0, AveragePrecision.Of(Scores, Positive), 1e-15);
        Assert.Equal(0.75, ReceiverOperatingCharacteristic.Area(Scores, Positive), 1e-15);
        Assert.Equal(0.5, ReceiverOperatingCharacteristic.TruePositiveRateAt(Scores, Positive, 0.49));
        Assert.Equal(1, ReceiverOperatingCharacteristic.TruePositiveRateAt(Scores, Positive, 0.5));
    }

    [Fact]
    public void Ranking_AllTied_IsWorthNothing()
    {
        double[] tied = [1, 1, 1, 1];
        Assert.Equal(0.5, AveragePrecision.Of(tied, Positive), 1e-15);
        Assert.Equal(0.5, ReceiverOperatingCharacteristic.Area(tied, Positive), 1e-15);
        Assert.Equal(0, ReceiverOperatingCharacteristic.TruePositiveRateAt(tied, Positive, 0.99));
    }

    [Fact]
    public void Ranking_NoPositiveOrNoNegative_IsNotANumber()
    {
        Assert.True(double.IsNaN(AveragePrecision.Of([1, 2], [false, false])));
        Assert.True(double.IsNaN(ReceiverOperatingCharacteristic.Area([1, 2], [true, true])));
        Assert.True(double.IsNaN(ReceiverOperatingCharacteristic.TruePositiveRateAt([], [], 0.1)));
        Assert.Throws<ArgumentException>(() => AveragePrecision.Of([1, double.NaN], [true, false]));
        Assert.Throws<ArgumentException>(() => AveragePrecision.Of([1], [true, false]));
    }

    /// <summary>29 of 100 negatives are 0.29 of them, though 0.29 x 100 is less than 29 in double precision.</summary>
    [Fact]
    public void TruePositiveRateAt_WholeNumberOfNegatives_AllowsThatNumber()
    {
        double[] scores = [.. Enumerable.Range(0, 100).Select(static i => (double)i), 70.5];
        var positive = new bool[101];
        positive[100] = true;
        Assert.Equal(1, ReceiverOperatingCharacteristic.TruePositiveRateAt(scores, positive, 0.29));
        Assert.Equal(0, ReceiverOperatingCharacteristic.TruePositiveRateAt(scores, positive, 0.28));
    }

    [Fact]
    public void Area_AnyRanking_IsTheShareOfOrderedPairs() =>
        Prop.ForAll(Rankings(), static ranking =>
        {
            var (scores, positive) = Unzip(ranking);
            var pairs = ranking.Where(static x => x.Positive)
                .SelectMany(p => ranking.Where(static x => !x.Positive).Select(n => Math.Sign(p.Score - n.Score) / 2.0 + 0.5)).ToArray();
            var area = ReceiverOperatingCharacteristic.Area(scores, positive);
            return pairs.Length == 0 ? double.IsNaN(area) : Math.Abs(area - pairs.Average()) < 1e-12;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void AveragePrecision_AnyRanking_IsTheNaiveSum() =>
        Prop.ForAll(Rankings(), static ranking =>
        {
            var (scores, positive) = Unzip(ranking);
            var precisions = ranking.Where(static x => x.Positive).Select(p =>
            {
                var above = ranking.Where(x => x.Score >= p.Score).ToArray();
                return above.Count(static x => x.Positive) / (double)above.Length;
            }).ToArray();
            var average = AveragePrecision.Of(scores, positive);
            return precisions.Length == 0 ? double.IsNaN(average) : Math.Abs(average - precisions.Average()) < 1e-12;
        }).QuickCheckThrowOnFailure();

    private static Arbitrary<(double Score, bool Positive)[]> Rankings() =>
        Gen.Choose(0, 9).Zip(Gen.Choose(0, 1), static (score, positive) => ((double)score, positive == 1)).ArrayOf().ToArbitrary();

    private static (double[] Scores, bool[] Positive) Unzip((double Score, bool Positive)[] ranking) =>
        ([.. ranking.Select(static x => x.Score)], [.. ranking.Select(static x => x.Positive)]);
}
