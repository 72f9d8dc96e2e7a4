using System.Globalization;
using Stillwatch.Benchmarks.Detection.Metrics;
using Stillwatch.Evaluation;

namespace Stillwatch.Benchmarks.Detection.Sybil;

/// <summary>Runs as tables in Markdown: one row a detector, one column a view.</summary>
/// <param name="runs">All runs.</param>
/// <param name="writer">Where to.</param>
internal sealed class SybilTables(IReadOnlyList<SybilRun> runs, TextWriter writer)
{
    private const int OnePercent = 0;

    private readonly SybilView[] _views = [.. runs.Select(static run => run.View).Distinct()];

    /// <summary>Writes all tables.</summary>
    public void Write()
    {
        foreach (var target in runs.GroupBy(static run => run.Target))
        {
            var (positives, negatives) = (target.First().Accounts.Positives, target.First().Accounts.Negatives);
            writer.WriteLine(Line($"## {target.Key}: {positives:#,0} accounts against {negatives:#,0} eligible ones\n"));
            writer.WriteLine(Line($"A random ranking has an average precision of {100.0 * positives / (positives + negatives):0.0} %.\n"));
            Write(target, "Average precision, percent.", static run => Percent(run.Accounts.AveragePrecision));
            Write(target, "Recall where at most 1 % of the eligible accounts rank higher, percent.", static run =>
                Percent(run.Accounts.Recalls[OnePercent]));
            Write(target, "At the own operating point: recall / eligible accounts accused, percent.", static run =>
                $"{Percent(run.Accounts.Recall)} / {Percent(run.Accounts.FalsePositiveRate)}");
            var operators = Line($"Of {target.First().Campaigns.Campaigns} operators with at least {SybilTruth.MinGroup} accounts");
            Write(
                target,
                $"{operators}, how many are found pure: half of the accounts in one group that is mostly theirs.",
                static run => Operators(run.Campaigns));
        }
    }

    private void Write(IEnumerable<SybilRun> target, string title, Func<SybilRun, string> cell)
    {
        writer.WriteLine($"{title}\n");
        var table = new MarkdownTable(["detector", .. _views.Select(Name)]);
        foreach (var detector in target.GroupBy(static run => run.Detector))
        {
            var byView = detector.ToDictionary(static run => run.View, cell);
            table.Add([detector.Key, .. _views.Select(view => byView[view])]);
        }

        table.Write(writer);
    }

    private static string Name(SybilView view) => view switch
    {
        SybilView.All => "all transfers",
        SybilView.WithoutHubs => "without hubs",
        SybilView.WithoutFunding => "without hubs and funding",
        _ => "hubs only",
    };

    private static string Operators(CampaignMeasures campaigns) =>
        Proportion.Exact(campaigns.FoundPure, campaigns.Campaigns) is { Lower: { } lower, Upper: { } upper }
            ? Line($"{campaigns.FoundPure} ({100 * lower:0}–{100 * upper:0} %)")
            : "–";

    private static string Percent(double share) => double.IsNaN(share) ? "–" : Line($"{100 * share:0.0}");

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
