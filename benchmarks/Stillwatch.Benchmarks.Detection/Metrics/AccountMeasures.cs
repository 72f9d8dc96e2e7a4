using Stillwatch.Benchmarks.Detection.Coordination;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Metrics;

/// <summary>How right a detector is account by account.</summary>
internal sealed record AccountMeasures
{
    /// <summary>The false-positive rates at which recall is told.</summary>
    public static IReadOnlyList<double> FalsePositiveRates { get; } = [1e-2, 1e-3, 1e-4, 1e-5];

    /// <summary>Campaign accounts that the detector accuses at its own operating point.</summary>
    public required int TruePositives { get; init; }

    /// <summary>Benign accounts that it accuses there.</summary>
    public required int FalsePositives { get; init; }

    /// <summary>Campaign accounts.</summary>
    public required int Positives { get; init; }

    /// <summary>Benign accounts.</summary>
    public required int Negatives { get; init; }

    /// <summary>Area under the curve of precision and recall, as average precision.</summary>
    public required double AveragePrecision { get; init; }

    /// <summary>
    /// Recall at the lowest threshold whose false-positive rate is at most each of <see cref="FalsePositiveRates"/> on this sample; below
    /// one benign account that is recall without a false positive.
    /// </summary>
    public required IReadOnlyList<double> Recalls { get; init; }

    /// <summary>Precision at the own operating point; not a number where nobody is accused.</summary>
    public double Precision => TruePositives / (double)(TruePositives + FalsePositives);

    /// <summary>Recall at the own operating point.</summary>
    public double Recall => TruePositives / (double)Positives;

    /// <summary>False-positive rate at the own operating point.</summary>
    public double FalsePositiveRate => FalsePositives / (double)Negatives;

    /// <summary>Measures a detector.</summary>
    public static AccountMeasures Of(Suspicion suspicion, LabelledAccounts truth)
    {
        var (scores, positive) = Ranking(suspicion, truth);
        var accused = Enumerable.Range(0, truth.Counted.Length).Where(account => truth.Counted[account] && suspicion.Accused[account])
            .ToLookup(account => truth.Positive[account]);
        return new()
        {
            TruePositives = accused[true].Count(),
            FalsePositives = accused[false].Count(),
            Positives = truth.Positives,
            Negatives = truth.Negatives,
            AveragePrecision = Statistics.AveragePrecision.Of(scores, positive),
            Recalls = [.. FalsePositiveRates.Select(rate => ReceiverOperatingCharacteristic.TruePositiveRateAt(scores, positive, rate))],
        };
    }

    /// <summary>The lowest score whose false-positive rate is at most the one given; infinite if there is none.</summary>
    public static double ThresholdAt(Suspicion suspicion, LabelledAccounts truth, double falsePositiveRate)
    {
        var (scores, positive) = Ranking(suspicion, truth);
        var accepted = (int)Math.Floor(falsePositiveRate * positive.Count(static isPositive => !isPositive) * (1 + 1e-12));
        var benign = scores.Where((_, i) => !positive[i]).OrderDescending().ToArray();
        var barred = accepted < benign.Length ? benign[accepted] : double.NegativeInfinity;
        return scores.Where(score => score > barred).DefaultIfEmpty(double.PositiveInfinity).Min();
    }

    private static (double[] Scores, bool[] Positive) Ranking(Suspicion suspicion, LabelledAccounts truth)
    {
        var counted = Enumerable.Range(0, truth.Counted.Length).Where(account => truth.Counted[account]).ToArray();
        return (
            Array.ConvertAll(counted, account => suspicion.Scores[account]),
            Array.ConvertAll(counted, account => truth.Positive[account]));
    }
}
