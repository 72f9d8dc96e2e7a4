using System.Globalization;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Windows;

/// <summary>The tables of flagged benign windows in markdown, with exact intervals.</summary>
internal sealed class LevelReport(IReadOnlyList<LevelOutcome> outcomes)
{
    /// <summary>The levels that are reported, rising; a detector may stop early above the last.</summary>
    public static readonly IReadOnlyList<double> Levels = [0.01, 0.05, 0.1];

    private const double Confidence = 0.95;

    public IEnumerable<string> Lines() => outcomes
        .Select(outcome => outcome.WindowSize).Distinct().Order()
        .SelectMany(size => Table(outcomes.Where(outcome => outcome.WindowSize == size).ToList(), size));

    private static IEnumerable<string> Table(IReadOnlyList<LevelOutcome> all, int size)
    {
        var pairs = all.Select(outcome => outcome.Pair).Distinct().ToList();
        yield return $"### Benign windows of {size}, one a cut";
        yield return "";
        yield return $"| detector | windows | {string.Join(" | ", Levels.Select(level => $"p ≤ {Percent(level)} %"))} | "
            + $"p ≤ {Percent(Levels[0])} % by pair: {string.Join(", ", pairs)} |";
        yield return $"| --- | ---: |{string.Concat(Levels.Select(static _ => " --- |"))} --- |";
        foreach (var detector in all.Select(outcome => outcome.Detector).Distinct())
        {
            var own = all.Where(outcome => outcome.Detector == detector).ToList();
            var byPair = pairs.Select(pair => own.Count(outcome => outcome.Pair == pair && outcome.PValue <= Levels[0]));
            yield return $"| {detector} | {own.Count} | {string.Join(" | ", Levels.Select(level => Rate(own, level)))} |"
                + $" {string.Join(", ", byPair)} |";
        }

        yield return "";
    }

    private static string Rate(List<LevelOutcome> own, double level)
    {
        var flagged = own.Count(outcome => outcome.PValue <= level);
        var interval = ClopperPearson.Interval(flagged, own.Count, Confidence);
        return $"{flagged}: {Percent((double)flagged / own.Count)} ({Percent(interval.Lower)} to {Percent(interval.Upper)})";
    }

    private static string Percent(double value) => (100 * value).ToString("0.0", CultureInfo.InvariantCulture);
}
