using System.Globalization;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Metrics;

/// <summary>Runs over several seeds as tables in Markdown, one row a detector.</summary>
/// <param name="runs">All runs; those of one detector are over the seeds.</param>
/// <param name="writer">Where to.</param>
internal sealed class DetectorTables(IReadOnlyList<DetectorRun> runs, TextWriter writer)
{
    private readonly IReadOnlyList<IGrouping<string, DetectorRun>> _detectors = [.. runs.GroupBy(static run => run.Detector)];

    /// <summary>Writes all tables.</summary>
    public void Write()
    {
        WriteAccounts();
        WriteRecalls();
        WriteCampaigns();
        WriteClasses("Campaign accounts accused by family of the campaign", static run => run.AccusedFamilies);
        WriteClasses("Benign accounts accused by class", static run => run.AccusedClasses);
        WriteSeconds();
    }

    private void WriteAccounts()
    {
        writer.WriteLine("Accounts at each detector's own operating point; percent, mean over seeds (bootstrap over seeds, 95 %).\n");
        var table = new MarkdownTable("detector", "recall", "precision", "benign accused", "exact 95 % of benign", "average precision");
        foreach (var detector in _detectors)
        {
            var accused = detector.Sum(static run => run.Accounts.FalsePositives);
            var benign = detector.Sum(static run => run.Accounts.Negatives);
            var exact = ClopperPearson.Interval(accused, benign, SampleSupport.Confidence);
            table.Add(
                detector.Key,
                SeedBootstrap.Of(detector.Select(static run => run.Accounts.Recall)).Percent(),
                SeedBootstrap.Of(detector.Select(static run => run.Accounts.Precision)).Percent(),
                Line($"{accused:#,0} of {benign:#,0}"),
                Line($"{100 * exact.Lower:0.###}–{100 * exact.Upper:0.###}"),
                SeedBootstrap.Of(detector.Select(static run => run.Accounts.AveragePrecision)).Percent());
        }

        table.Write(writer);
    }

    private void WriteRecalls()
    {
        writer.WriteLine("Recall at the threshold where at most this share of the log's benign accounts is accused; percent.\n");
        var rates = AccountMeasures.FalsePositiveRates;
        var table = new MarkdownTable(["detector", .. rates.Select(static rate => Line($"FPR {rate:0.#####}"))]);
        foreach (var detector in _detectors)
        {
            table.Add([detector.Key, .. rates.Select((_, i) => Percent(detector, run => run.Accounts.Recalls[i]))]);
        }

        table.Write(writer);
        var pooled = _detectors.Select(static detector => detector.Sum(static run => run.Accounts.Negatives)).DefaultIfEmpty(0).Max();
        foreach (var rate in pooled == 0 ? [] : rates)
        {
            writer.WriteLine($"* {new SampleSupport(rate, pooled)}.");
        }

        writer.WriteLine();
    }

    private void WriteCampaigns()
    {
        writer.WriteLine("Campaigns; found: at least half of the accounts in one group; pure: and the group is mostly theirs; percent.");
        writer.WriteLine(Line($"The last column keeps the accounts above the threshold of FPR {DetectorRun.GroupRate:0.###} only.\n"));
        var table = new MarkdownTable(
            "detector", "found", "found pure", "purity", "fragments", "groups", "false groups", "B-cubed F1", "adjusted Rand", "at bound");
        foreach (var detector in _detectors)
        {
            table.Add(
                detector.Key,
                Percent(detector, static run => run.Campaigns.Recall),
                Percent(detector, static run => run.Campaigns.FoundPure / (double)run.Campaigns.Campaigns),
                Percent(detector, static run => run.Campaigns.Purity),
                Number(detector, static run => run.Campaigns.Fragments),
                Number(detector, static run => run.Campaigns.Groups),
                Number(detector, static run => run.Campaigns.FalseGroups),
                Percent(detector, static run => run.Campaigns.Agreement.F1),
                Percent(detector, static run => run.Campaigns.AdjustedRand),
                Percent(detector, static run => run.CampaignsAtBound.FoundPure / (double)run.CampaignsAtBound.Campaigns));
        }

        table.Write(writer);
    }

    private void WriteClasses(string title, Func<DetectorRun, IReadOnlyDictionary<string, (int Accused, int All)>> accused)
    {
        var classes = runs.SelectMany(run => accused(run).Keys).Distinct().Order(StringComparer.Ordinal).ToArray();
        writer.WriteLine($"{title}, at the own operating point, all seeds together; percent.\n");
        var table = new MarkdownTable(["detector", .. classes]);
        foreach (var detector in _detectors)
        {
            table.Add([detector.Key, .. classes.Select(name => ClassShare(detector.Select(accused), name))]);
        }

        table.Write(writer);
    }

    private void WriteSeconds()
    {
        writer.WriteLine("Seconds a log; of the product with reading the log into a store, of the others without reading.\n");
        var table = new MarkdownTable("detector", "seconds");
        foreach (var detector in _detectors)
        {
            table.Add(detector.Key, Line($"{detector.Average(static run => run.Seconds):0.0}"));
        }

        table.Write(writer);
    }

    private static string ClassShare(IEnumerable<IReadOnlyDictionary<string, (int Accused, int All)>> seeds, string name)
    {
        var counts = seeds.Select(seed => seed.GetValueOrDefault(name)).ToArray();
        var (accused, all) = (counts.Sum(static count => count.Accused), counts.Sum(static count => count.All));
        return all == 0 ? "–" : Line($"{100.0 * accused / all:0.##}");
    }

    private static string Percent(IEnumerable<DetectorRun> detector, Func<DetectorRun, double> figure) =>
        SeedBootstrap.Of(detector.Select(figure)).Percent();

    private static string Number(IEnumerable<DetectorRun> detector, Func<DetectorRun, double> figure) =>
        SeedBootstrap.Of(detector.Select(figure)).Number();

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
