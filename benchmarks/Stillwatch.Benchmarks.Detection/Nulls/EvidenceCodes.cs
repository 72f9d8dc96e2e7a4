using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Nulls;

/// <summary>The tests of a hunt by the codes of their reasons, and how each makes an e-value of its p-value.</summary>
internal static class EvidenceCodes
{
    /// <summary>The weaker of the two tests of the gate.</summary>
    public const string Content = "content, the weaker of both";

    /// <summary>All other sides together.</summary>
    public const string Corroboration = "corroboration";

    /// <summary>What goes into the e-BH procedure.</summary>
    public const string Combined = "combined";

    private const int Halvings = 100;
    private const double MaxLog10P = 400;

    /// <summary>The tests of the gate.</summary>
    public static IReadOnlyList<string> Gate { get; } = ["interchangeable-content", "work-partition"];

    /// <summary>The tests that corroborate, and one that is only told.</summary>
    public static IReadOnlyList<string> Corroborating { get; } =
    [
        "shared-template", "shared-system-prompt", "shared-tools", "shared-payment", "shared-email-domain", "shared-address",
        "shared-network", "shared-client", "load-balance", "synchronized-activity", "elicitation", "model-pivot", "creation-burst",
        "replacement", "narrow-content",
    ];

    /// <summary>What depends on the day of a release or on a holiday.</summary>
    public static IReadOnlyList<string> OfTheCalendar { get; } =
    [
        "model-pivot", "synchronized-activity", "load-balance", "creation-burst", "replacement", .. Gate, Content, Corroboration, Combined,
    ];

    /// <summary>What differs most between groups of different classes.</summary>
    public static IReadOnlyList<string> OfTheClass { get; } =
        [.. Gate, Content, "load-balance", "synchronized-activity", "model-pivot", "creation-burst", Corroboration, Combined];

    /// <summary>The values of one code of a group; empty where the test could not be made.</summary>
    public static IEnumerable<double> Of(GroupReading group, string code) => code switch
    {
        Content => [group.Content],
        Corroboration => [group.Corroboration],
        Combined => [group.Combined],
        _ => group.Readings.Where(reading => reading.Code == code).Select(static reading => reading.Log10),
    };

    /// <summary>Whether the e-value of a code is made of a p-value.</summary>
    public static bool HasPValue(string code) => code != Gate[0] && (Gate.Contains(code) || Corroborating.Contains(code));

    /// <summary>Decimal logarithm of the p-value that an e-value was made of: the calibrators fall strictly.</summary>
    /// <param name="code">A code that has one.</param>
    /// <param name="log10">Decimal logarithm of the e-value.</param>
    public static double Log10PValue(string code, double log10)
    {
        var (low, high) = (-MaxLog10P, 0.0);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = EValueOf(code, PValue.FromLog10(middle)).Log10 > log10 ? (middle, high) : (low, middle);
        }

        return high;
    }

    private static EValue EValueOf(string code, PValue chance) =>
        code is "load-balance" or "synchronized-activity" or "elicitation" or "replacement" or "narrow-content"
            ? PToECalibrator.Power(chance, 0.5)
            : PToECalibrator.Mixture(chance);
}
