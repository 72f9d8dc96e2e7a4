using Stillwatch.Campaigns;

namespace Stillwatch.Reporting;

/// <summary>Everything on a page that is text: it reads, prints and can be searched without any script.</summary>
internal static class ReportBody
{
    public static string Of(ReportContent content)
    {
        var html = new HtmlMarkup();
        AddSummary(html, content.Report);
        AddLog(html, content);
        CampaignList.Add(html, content);
        for (var i = 0; i < content.Sections.Count; i++)
        {
            CampaignSection.Add(html, content, i);
        }

        OutsideList.Add(html, content.Report);
        return html.ToString();
    }

    /// <summary>What one bar stands for: "day", "7 days".</summary>
    public static string Unit(Timeline timeline) => timeline.DaysPerBucket == 1 ? "day" : $"{Wording.Number(timeline.DaysPerBucket)} days";

    private static void AddSummary(HtmlMarkup html, HuntReport report)
    {
        var findings = report.Findings;
        html.Add($"""<section class="summary" aria-labelledby="title"><h1 id="title">{Headline.Title(report)}</h1>""");
        html.Add($"""<p class="lede">{string.Join(' ', Headline.Sentences(report))}</p>""");
        if (string.Join(' ', Headline.Remarks(report)) is { Length: > 0 } remarks)
        {
            html.Add($"""<p class="hint">{remarks}</p>""");
        }

        html.Add($"""<dl class="tiles">""");
        AddTile(html, "Interactions", Wording.Number(findings.Interactions));
        AddTile(html, "Accounts", Wording.Number(findings.AccountsSeen));
        AddTile(html, "Days", Wording.Number(Days(findings)));
        AddTile(html, "Campaigns", Wording.Number(report.Campaigns.Count));
        AddTile(html, "Accounts in campaigns", Wording.Number(report.MemberCount));
        AddTile(html, "Interactions of campaigns", Wording.Share(report.Campaigns.Sum(c => c.Finding.Interactions), findings.Interactions));
        html.Add($"</dl>\n</section>\n");
    }

    private static void AddTile(HtmlMarkup html, string label, string figure) =>
        html.Add($"<div><dt>{label}</dt><dd>{figure}</dd></div>\n");

    private static long Days(Findings findings) => findings is { From: { } from, To: { } to }
        ? DateOnly.FromDateTime(to.UtcDateTime).DayNumber - DateOnly.FromDateTime(from.UtcDateTime).DayNumber + 1
        : 0;

    private static void AddLog(HtmlMarkup html, ReportContent content)
    {
        if (content.Report.Background.Count == 0)
        {
            return;
        }

        var coloured = content.Sections.Count > 0 ? ", with those of campaigns in colour" : "";
        html.Add($"""
            <section class="card" aria-labelledby="log-name">
            <h2 id="log-name">The whole log</h2>
            <p class="hint">Interactions per {Unit(content.Timeline)}{coloured}. Days are in UTC.</p>
            <div class="chart" data-chart="log" role="img"
              aria-label="Bar chart of all interactions and those of campaigns. The table below has the figures."></div>
            <details><summary>Figures of this chart</summary>

            """);
        HtmlTable.Begin(html, "Interactions of the log over time", "Time", "#Interactions", "#Active accounts");
        foreach (var (bucket, day) in content.Timeline.Fill(content.Report.Background).Index())
        {
            html.Add($"""<tr><th scope="row">{content.Timeline.Name(bucket)}</th>""");
            HtmlTable.Figure(html, day.Interactions);
            HtmlTable.Figure(html, day.Accounts);
            html.Add($"</tr>\n");
        }

        HtmlTable.End(html);
        html.Add($"</details>\n</section>\n");
    }
}
