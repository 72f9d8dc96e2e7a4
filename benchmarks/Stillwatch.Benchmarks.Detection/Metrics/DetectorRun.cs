using Stillwatch.Benchmarks.Detection.Coordination;

namespace Stillwatch.Benchmarks.Detection.Metrics;

/// <summary>What one detector did on one data set.</summary>
/// <param name="Detector">Its name in the tables.</param>
/// <param name="Accounts">Account by account.</param>
/// <param name="Campaigns">Group by group, at the detector's own operating point.</param>
/// <param name="CampaignsAtBound">
/// The same with the members above the threshold of a false-positive rate of <see cref="GroupRate"/>.
/// </param>
/// <param name="AccusedClasses">Accused benign accounts by class.</param>
/// <param name="AccusedFamilies">Accused campaign accounts by family.</param>
/// <param name="Seconds">How long it took, the reading of the log not included unless the detector reads it itself.</param>
internal sealed record DetectorRun(
    string Detector,
    AccountMeasures Accounts,
    CampaignMeasures Campaigns,
    CampaignMeasures CampaignsAtBound,
    IReadOnlyDictionary<string, (int Accused, int All)> AccusedClasses,
    IReadOnlyDictionary<string, (int Accused, int All)> AccusedFamilies,
    double Seconds)
{
    /// <summary>The false-positive rate at which campaigns are told besides.</summary>
    public const double GroupRate = 1e-3;

    /// <summary>Measures a detector.</summary>
    public static DetectorRun Of(string detector, Suspicion suspicion, LabelledAccounts truth, double seconds) => new(
        detector,
        AccountMeasures.Of(suspicion, truth),
        CampaignMeasures.Of(suspicion, truth),
        CampaignMeasures.Of(suspicion, truth, AccountMeasures.ThresholdAt(suspicion, truth, GroupRate)),
        Accused(suspicion, truth, positive: false),
        Accused(suspicion, truth, positive: true),
        seconds);

    private static Dictionary<string, (int Accused, int All)> Accused(Suspicion suspicion, LabelledAccounts truth, bool positive) =>
        Enumerable.Range(0, truth.Counted.Length).Where(account => truth.Counted[account] && truth.Positive[account] == positive)
            .GroupBy(account => truth.Classes[account])
            .ToDictionary(static own => own.Key, own => (own.Count(account => suspicion.Accused[account]), own.Count()));
}
