using System.Globalization;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Windows;

/// <summary>The tables of the benchmark in markdown.</summary>
/// <param name="outcomes">What was measured.</param>
/// <param name="yardstick">Name of the detector that the others are measured against.</param>
internal sealed class WindowReport(IReadOnlyList<WindowOutcome> outcomes, string yardstick)
{
    private const double Confidence = 0.95;

    private static readonly string Shares =
        string.Join(" | ", TestWindows.Shares.Select(share => share.ToString("0 %", CultureInfo.InvariantCulture)));

    public IEnumerable<string> Lines() => outcomes
        .Select(outcome => outcome.WindowSize).Distinct().Order()
        .SelectMany(size => OfSize(outcomes.Where(outcome => outcome.WindowSize == size).ToList(), size));

    private IEnumerable<string> OfSize(IReadOnlyList<WindowOutcome> all, int size)
    {
        var pairs = all.Select(outcome => outcome.Pair).Distinct().ToList();
        return Table($"Windows of {size}, mean of {pairs.Count} pairs", all)
            .Concat(pairs.SelectMany(pair => Table($"Windows of {size}, {pair}", [.. all.Where(outcome => outcome.Pair == pair)])));
    }

    private IEnumerable<string> Table(string title, IReadOnlyList<WindowOutcome> all)
    {
        yield return $"### {title}";
        yield return "";
        yield return $"| detector | FPR, % | {Shares} | mean TPR, % | before {yardstick}, points |";
        yield return $"| --- | --- |{string.Concat(TestWindows.Shares.Select(static _ => " ---: |"))} --- | --- |";
        var baseline = BySeed(all, yardstick, static outcome => outcome.MeanTruePositiveRate);
        foreach (var detector in all.Select(outcome => outcome.Detector).Distinct())
        {
            var means = BySeed(all, detector, static outcome => outcome.MeanTruePositiveRate);
            var shares = Enumerable.Range(0, TestWindows.Shares.Count)
                .Select(share => Percent(BySeed(all, detector, outcome => outcome.TruePositiveRates[share]).Average()));
            yield return $"| {detector} | {FalsePositives(all, detector)} | {string.Join(" | ", shares)} | {Interval(means)} |"
                + $" {Interval([.. means.Zip(baseline, static (ours, theirs) => ours - theirs)])} |";
        }

        yield return "";
    }

    /// <summary>The mean over pairs for each seed.</summary>
    private static List<double> BySeed(IEnumerable<WindowOutcome> all, string detector, Func<WindowOutcome, double> value) =>
        [.. all.Where(outcome => outcome.Detector == detector).GroupBy(outcome => outcome.Seed).OrderBy(seed => seed.Key)
            .Select(seed => seed.Average(value))];

    /// <summary>
    /// The rate, and the exact interval that as many windows as have no query in common would give: windows of one test third overlap.
    /// </summary>
    private static string FalsePositives(IReadOnlyList<WindowOutcome> all, string detector)
    {
        var own = all.Where(outcome => outcome.Detector == detector).ToList();
        var rate = own.Average(static outcome => outcome.FalsePositiveRate);
        var windows = own.Sum(static outcome => outcome.DisjointWindows);
        var interval = ClopperPearson.Interval((long)Math.Round(rate * windows), windows, Confidence);
        return $"{Percent(rate)} ({Percent(interval.Lower)} to {Percent(interval.Upper)})";
    }

    private static string Interval(IReadOnlyList<double> seeds)
    {
        var interval = MeanInterval.Of(seeds);
        return $"{Percent(interval.Mean)} ± {Percent(interval.HalfWidth)}";
    }

    private static string Percent(double value) => (100 * value).ToString("0.0", CultureInfo.InvariantCulture);
}
