using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Benchmarks.Detection.Coordination;
using Stillwatch.Benchmarks.Detection.Metrics;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Tests.Metrics;

public sealed class AccountMeasuresTests
{
    /// <summary>
    /// Six accounts: four count, of which two are positive; the detector accuses one of each and one that does not count.
    /// </summary>
    [Fact]
    public void Of_KnownDetector_CountsLabelledAccountsOnly()
    {
        var truth = new LabelledAccounts(
            [true, true, false, false, true, false],
            [true, true, true, true, false, false],
            [0, 0, -1, -1, 0, -1],
            ["", "", "x", "y", "", "x"]);
        var suspicion = new Suspicion([9, 1, 8, 0, 7, 6], [true, false, true, false, true, false], []);
        var measures = AccountMeasures.Of(suspicion, truth);
        Assert.Equal((1, 1, 2, 2), (measures.TruePositives, measures.FalsePositives, measures.Positives, measures.Negatives));
        Assert.Equal((0.5, 0.5, 0.5), (measures.Precision, measures.Recall, measures.FalsePositiveRate));
        Assert.Equal((1 + (2 / 3.0)) / 2, measures.AveragePrecision, 1e-12);
        Assert.All(measures.Recalls, static recall => Assert.Equal(0.5, recall));
        Assert.Equal(9, AccountMeasures.ThresholdAt(suspicion, truth, 0.1));
        Assert.Equal(1, AccountMeasures.ThresholdAt(suspicion, truth, 0.5));
    }

    [Fact]
    public void ThresholdAt_AnyRanking_GivesTheRecallAtThatRate() =>
        Prop.ForAll(Rankings(), static ranking =>
        {
            double[] scores = [.. ranking.Select(static x => x.Score)];
            bool[] positive = [.. ranking.Select(static x => x.Positive)];
            var truth = new LabelledAccounts(positive, Enumerable.Repeat(true, scores.Length).ToArray(), new int[scores.Length], []);
            var suspicion = new Suspicion(scores, new bool[scores.Length], []);
            return ((double[])[0, 0.2, 0.5, 1]).All(rate =>
            {
                var expected = ReceiverOperatingCharacteristic.TruePositiveRateAt(scores, positive, rate);
                var threshold = AccountMeasures.ThresholdAt(suspicion, truth, rate);
                var caught = ranking.Count(x => x.Positive && x.Score >= threshold) / (double)ranking.Count(static x => x.Positive);
                return double.IsNaN(expected) || Math.Abs(caught - expected) < 1e-12;
            });
        }).QuickCheckThrowOnFailure();

    private static Arbitrary<(double Score, bool Positive)[]> Rankings() =>
        Gen.Choose(0, 9).Zip(Gen.Choose(0, 1), static (score, positive) => ((double)score, positive == 1)).ArrayOf().ToArbitrary();
}
