using System.Globalization;
using Stillwatch.Benchmarks.Detection.Evasion;
using Stillwatch.Benchmarks.Detection.Metrics;

namespace Stillwatch.Benchmarks.Detection.Accuracy;

/// <summary>Outcomes of whole logs as tables: by log, by campaign, and by class of benign accounts.</summary>
internal static class AccuracyTables
{
    /// <summary>Writes the tables; intervals are exact at 95 % (Clopper and Pearson).</summary>
    public static void Write(IReadOnlyList<AccuracyOutcome> outcomes, TextWriter writer)
    {
        Logs(outcomes).Write(writer);
        if (outcomes.Any(static outcome => outcome.Campaigns.Count > 0))
        {
            Campaigns(outcomes).Write(writer);
        }

        Classes(outcomes).Write(writer);
    }

    private static MarkdownTable Logs(IReadOnlyList<AccuracyOutcome> outcomes)
    {
        var table = new MarkdownTable(
            "log", "interactions", "campaign accounts acted on, %", "of those acted on, campaign accounts, %", "benign acted on, %",
            "benign for review", "false campaigns");
        foreach (var log in outcomes.GroupBy(static outcome => outcome.Setting))
        {
            foreach (var outcome in log)
            {
                Add(Line($"{log.Key}, {outcome.Seed}"), [outcome]);
            }

            Add(Line($"**{log.Key}, all {log.Count()}**"), [.. log]);
        }

        return table;

        void Add(string name, IReadOnlyList<AccuracyOutcome> rows)
        {
            var found = Tally.Sum(rows.Select(static row => row.Found));
            var wronged = Tally.Sum(rows.Select(static row => row.Wronged));
            table.Add(
                name, Line($"{rows.Sum(static row => row.Interactions):#,0}"), Cell(found, "0.0"),
                Cell(new Tally(found.Count, found.Count + wronged.Count), "0.00"), Cell(wronged, "0.####"),
                Line($"{rows.Sum(static row => row.ToReview.Count)}"), Text(Tally.Sum(rows.Select(static row => row.FalseCampaigns))));
        }
    }

    private static MarkdownTable Campaigns(IReadOnlyList<AccuracyOutcome> outcomes)
    {
        var table = new MarkdownTable("campaign", "family", "found", "accounts acted on, %", "in more than one finding");
        var campaigns = outcomes
            .SelectMany(static outcome => outcome.Campaigns.Select(campaign => (outcome.Setting, Name: campaign.Key, Own: campaign.Value)))
            .GroupBy(static campaign => (campaign.Setting, campaign.Name, campaign.Own.Family));
        foreach (var campaign in campaigns)
        {
            table.Add(
                $"{campaign.Key.Setting}, {campaign.Key.Name}", campaign.Key.Family,
                Line($"{campaign.Count(static one => one.Own.Found)} of {campaign.Count()}"),
                Cell(Tally.Sum(campaign.Select(static one => one.Own.Accounts)), "0.0"),
                Line($"{campaign.Count(static one => one.Own.Fragments > 1)}"));
        }

        return table;
    }

    private static MarkdownTable Classes(IReadOnlyList<AccuracyOutcome> outcomes)
    {
        var table = new MarkdownTable("class of benign accounts", "acted on, %");
        foreach (var own in outcomes.SelectMany(static outcome => outcome.Classes).GroupBy(static pair => pair.Key, StringComparer.Ordinal)
            .OrderBy(static own => own.Key, StringComparer.Ordinal))
        {
            table.Add(own.Key, Cell(Tally.Sum(own.Select(static pair => pair.Value)), "0.####"));
        }

        return table;
    }

    private static string Cell(Tally tally, string format) =>
        tally.Of == 0 ? "–" : $"{Text(tally)}: {OutcomeCells.Exact(tally.Count, tally.Of, format)}";

    private static string Text(Tally tally) => Line($"{tally.Count:#,0} of {tally.Of:#,0}");

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
