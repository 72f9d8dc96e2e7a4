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
        Rival("MMD, n-grams", false, MaximumMeanDiscrepancy.OverNGrams),
        Rival("MMD, n-grams and text", false, MaximumMeanDiscrepancy.OverNGramsAndText),
        new PublishedMmdDetector(),
        Rival("Mahalanobis", false, static setting => new MahalanobisDistance(setting)),
        Rival("PRADA", true, static setting => new Prada(setting.Queries.Cosines)),
        Rival("SEAT", true, static setting => new Seat(setting)),
        Rival("CAP", true, static setting => new CoverageCost(setting)),
        Rival("DATE, substitute", true, static setting => new ReplacedTokens(setting)),
    ];

    /// <summary>Those whose level is measured by itself: ours, and one that stands for all that share the rivals' calibration.</summary>
    public static IReadOnlyList<IWindowDetector> OfLevel { get; } =
    [
        All[0],
        new CalibratedRival(Yardstick, false, LevelReport.Levels[^1], static setting => new MaximumMeanDiscrepancy(setting)),
    ];

    private static CalibratedRival Rival(string name, bool twoSided, Func<WindowSetting, IWindowScore> fit) =>
        new(name, twoSided, Level, fit);
}
