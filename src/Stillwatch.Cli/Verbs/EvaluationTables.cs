using System.Globalization;
using System.Runtime.CompilerServices;
using Spectre.Console;
using Stillwatch.Cli.Output;
using Stillwatch.Evaluation;

namespace Stillwatch.Cli.Verbs;

/// <summary>An evaluation as tables for people.</summary>
internal static class EvaluationTables
{
    private const string Nothing = "–";

    public static void Write(EvaluationReport report, IAnsiConsole console)
    {
        console.WriteLine(Line($"{report.CampaignAccounts:#,0} campaign accounts, {report.BenignAccounts:#,0} benign accounts."));
        console.WriteLine(Line($"Shares are followed by their counts and by their exact intervals of {report.Confidence:0 %} confidence."));
        WriteTable(console, "Accounts", Accounts(report));
        if (report.Campaigns.Count > 0)
        {
            WriteTable(console, "Campaigns", Campaigns(report));
        }

        if (report.Campaigns.Any(campaign => campaign.AlertedAt is not null))
        {
            WriteTable(console, "Alerts", Alerts(report));
        }

        WriteTable(console, "False positives by class of benign account", BenignClasses(report));
        WriteFalseCampaigns(report, console);
    }

    private static Table Accounts(EvaluationReport report)
    {
        var table = Create("", "restricted or blocked", "review included");
        table.AddRow("precision", Share(report.Acted.Precision), Share(report.Flagged.Precision));
        table.AddRow("recall", Share(report.Acted.Recall), Share(report.Flagged.Recall));
        table.AddRow("recall, within a reported campaign", Share(report.Acted.RecallInCampaigns), Share(report.Flagged.RecallInCampaigns));
        table.AddRow("false-positive rate", Share(report.Acted.FalsePositiveRate), Share(report.Flagged.FalsePositiveRate));
        return table;
    }

    private static Table Campaigns(EvaluationReport report)
    {
        var table = Create("campaign", "family", "restricted or blocked", "in one finding", "purity", "findings", "detected");
        foreach (var campaign in report.Campaigns)
        {
            table.AddRow(
                Text(campaign.Campaign), Text(campaign.Class), Share(campaign.Acted), Share(campaign.Grouped), Share(campaign.Purity),
                campaign.Fragments.ToString(CultureInfo.InvariantCulture), campaign.Detected ? "yes" : "no");
        }

        table.AddRow("all", "", Share(report.Acted.Recall), "", "", "", Share(report.CampaignRecall));
        return table;
    }

    private static Table Alerts(EvaluationReport report)
    {
        var table = Create("campaign", "alerted at", "hours after its start", "got through before");
        foreach (var campaign in report.Campaigns)
        {
            table.AddRow(
                Text(campaign.Campaign),
                campaign.AlertedAt?.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) ?? Nothing,
                campaign.HoursUntilAlert?.ToString("0.0", CultureInfo.InvariantCulture) ?? Nothing,
                campaign.ThroughBeforeAlert is { } share ? $"{Percent(share)} %" : Nothing);
        }

        return table;
    }

    private static Table BenignClasses(EvaluationReport report)
    {
        var table = Create("class", "restricted or blocked", "review included");
        foreach (var of in report.BenignClasses)
        {
            table.AddRow(Text(of.Class), Share(of.Acted), Share(of.Flagged));
        }

        return table;
    }

    private static void WriteFalseCampaigns(EvaluationReport report, IAnsiConsole console)
    {
        console.WriteLine();
        console.WriteLine(Line(
            $"{report.CampaignPrecision.Of:#,0} campaigns reported, {report.FalseCampaigns.Count:#,0} of them false (mostly benign)."));
        foreach (var campaign in report.FalseCampaigns)
        {
            console.WriteLine($"  {Printable.Clean(campaign.Finding.Value)}: {campaign.Benign} of {campaign.Accounts} accounts are benign");
        }
    }

    private static void WriteTable(IAnsiConsole console, string title, Table table)
    {
        console.WriteLine();
        console.WriteLine(title);
        console.Write(table);
    }

    private static Table Create(params string[] columns)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(column));
        }

        return table;
    }

    private static string Text(string? text) => text is null ? Nothing : Markup.Escape(Printable.Clean(text));

    /// <summary>"98.4 % (61/62) 91.3–100.0".</summary>
    private static string Share(Proportion? share) => share is { Value: { } value, Lower: { } lower, Upper: { } upper }
        ? Line($"{Percent(value)} % ({share.Count:#,0}/{share.Of:#,0}) {Percent(lower)}–{Percent(upper)}")
        : Nothing;

    private static string Line(DefaultInterpolatedStringHandler text) => string.Create(CultureInfo.InvariantCulture, ref text);

    /// <summary>Three digits that say something, however small the share is.</summary>
    private static string Percent(double share) => (share * 100).ToString(
        share switch
        {
            0 => "0",
            >= 0.1 => "0.0",
            >= 0.001 => "0.00",
            _ => "0.0000",
        },
        CultureInfo.InvariantCulture);
}
