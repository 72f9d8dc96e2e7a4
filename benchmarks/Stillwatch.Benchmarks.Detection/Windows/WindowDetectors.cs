using System.Numerics;
using Stillwatch.Benchmarks.Detection.Windows.Contamination;
using Stillwatch.Benchmarks.Detection.Windows.Rivals;

namespace Stillwatch.Benchmarks.Detection.Windows;

/// <summary>The detectors that are compared.</summary>
internal static class WindowDetectors
{
    /// <summary>The accepted probability of flagging a benign window.</summary>
    public const double Level = 0.01;

    /// <summary>The detector that the others are measured against.</summary>
    public const string Yardstick = "MMD";

    public static IReadOnlyList<IWindowDetector> All { get; } =
    [
        new ContaminationDetector("Stillwatch", Level, EvidenceKinds.All),
        new ContaminationDetector("Stillwatch, embedding only", Level, EvidenceKinds.Embedding),
        Rival(Yardstick, false, static setting => new MaximumMeanDiscrepancy(setting)),
        Rival("MMD, all features", false, MaximumMeanDiscrepancy.OverAllFeatures),
        new PublishedMmdDetector(),
        Rival("Mahalanobis", false, static setting => new MahalanobisDistance(setting)),
        Rival("PRADA", true, static setting => new Prada(setting.Queries.Cosines)),
        Rival("SEAT", true, static setting => new Seat(setting)),
        Rival("CAP", true, static setting => new CoverageCost(setting)),
        Rival("DATE, substitute", true, static setting => new ReplacedTokens(setting)),
    ];

    /// <summary>Each kind of evidence alone, and all without it, beside the yardstick.</summary>
    public static IReadOnlyList<IWindowDetector> Ablation { get; } =
    [
        All[0],
        Rival(Yardstick, false, static setting => new MaximumMeanDiscrepancy(setting)),
        .. Enum.GetValues<EvidenceKinds>().Where(static kind => BitOperations.IsPow2((int)kind)).SelectMany(Ablated),
    ];

    private static IEnumerable<ContaminationDetector> Ablated(EvidenceKinds kind) =>
        [new($"only {kind}", Level, kind), new($"all but {kind}", Level, EvidenceKinds.All & ~kind)];

    private static CalibratedRival Rival(string name, bool twoSided, Func<WindowSetting, IWindowScore> fit) =>
        new(name, twoSided, Level, fit);
}
