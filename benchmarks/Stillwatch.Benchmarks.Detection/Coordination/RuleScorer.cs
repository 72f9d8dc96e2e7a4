namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>A scorer with hand-set weights, rule by rule and key by key, as operators have it in the open today.</summary>
/// <remarks>
/// The weights, the confidence, the country factor, the cluster bonus and the tiers are those of Glasswally (2026), as
/// read in its source: composite = sum w x score x (0.4 + 0.6 confidence), times 1.30 from China, plus 0.08 for a cluster of five or more;
/// rate-limit at 0.35, canary at 0.55, suspend at 0.72. Ten of its sixteen rules find their input in a log of interactions; H2Grpc,
/// Embed, Biometric, Watermark, RefusalProbe and SequenceModel (0.27 of the weight) do not and score 0. How a rule turns its input into a
/// score is ours where the source gives no formula. Nothing is calibrated, and no error rate is promised: that is the point of comparison.
/// </remarks>
internal static class RuleScorer
{
    /// <summary>From this composite on an account is slowed down: the lowest tier that acts.</summary>
    public const double RateLimitTier = 0.35;

    /// <summary>From this composite on an account is suspended.</summary>
    public const double SuspendTier = 0.72;

    private const double ConfidentInteractions = 20;
    private const double ChinaFactor = 1.30;
    private const double ClusterBonus = 0.08;
    private const int BonusCluster = 5;
    private const double RegularGaps = 0.08;
    private const double BusyMinute = 60;
    private const double TokenBudget = 1_000_000;

    private static readonly (double Weight, Func<AccountSignals, double> Score)[] Rules =
    [
        (0.14, static account => account.PlainLibrary),
        (0.10, static account => account.MostInMinute / BusyMinute),
        (0.09, static account => account.Reasoning),
        (0.08, static account => (account.Cluster - 1.0) / BonusCluster),
        (0.07, static account => account.Coincident),
        (0.07, static account => account.Hosting),
        (0.06, static account => account.RolePreamble),
        (0.05, static account => account.Pivots ? 1 : 0),
        (0.04, static account => account.GapVariation < RegularGaps ? 1 : 0),
        (0.03, static account => account.TokensPerDay / TokenBudget),
    ];

    /// <summary>Suspicion by composite; there are no groups.</summary>
    public static Suspicion Detect(IReadOnlyList<AccountSignals> accounts) =>
        Suspicion.FromThreshold([.. accounts.Select(Composite)], RateLimitTier);

    /// <summary>The composite of one account.</summary>
    public static double Composite(AccountSignals account)
    {
        var confidence = account.Interactions / (account.Interactions + ConfidentInteractions);
        var sum = Rules.Sum(rule => rule.Weight * Math.Clamp(rule.Score(account), 0, 1)) * (0.4 + (0.6 * confidence));
        return (sum * (account.China > 0.5 ? ChinaFactor : 1)) + (account.Cluster >= BonusCluster ? ClusterBonus : 0);
    }
}
