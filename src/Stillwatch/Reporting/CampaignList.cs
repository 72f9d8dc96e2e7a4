using Stillwatch.Campaigns;

namespace Stillwatch.Reporting;

/// <summary>All campaigns at a glance, each with the way to its section.</summary>
internal static class CampaignList
{
    public static void Add(HtmlMarkup html, ReportContent content)
    {
        var campaigns = content.Report.Campaigns;
        if (campaigns.Count == 0)
        {
            return;
        }

        html.Add($"""<section class="card" aria-labelledby="list-name"><h2 id="list-name">Campaigns</h2>""");
        HtmlTable.Begin(
            html, "Campaigns",
            "Campaign", "#Accounts", "#Interactions", "Seen (UTC)", "By chance at most", "Strongest evidence");
        foreach (var (place, campaign) in campaigns.Take(ReportBounds.Campaigns).Index())
        {
            AddRow(html, campaign, hasSection: place < content.Sections.Count, place);
        }

        HtmlTable.End(html);
        HtmlTable.Rest(html, campaigns.Count - ReportBounds.Campaigns, "weaker campaign");
        html.Add($"</section>\n");
    }

    private static void AddRow(HtmlMarkup html, CampaignReport campaign, bool hasSection, int place)
    {
        var finding = campaign.Finding;
        html.Add($"""<tr><th scope="row" class="name">""");
        _ = hasSection
            ? html.Add($"""<a href="#campaign-{place + 1}"><bdi>{campaign.Name}</bdi></a></th>""")
            : html.Add($"<bdi>{campaign.Name}</bdi></th>");
        HtmlTable.Figure(html, campaign.Members.Count);
        HtmlTable.Figure(html, finding.Interactions);
        html.Add($"""<td class="time">{Seen(finding)}</td><td>""");
        CampaignSection.AddOdds(html, finding.Log10EValue);
        html.Add($"</td><td>{(finding.Reasons.Count > 0 ? Wording.Title(finding.Reasons[0].Code) : "–")}</td></tr>\n");
    }

    private static string Seen(CampaignFinding finding) => finding is { FirstSeen: { } first, LastSeen: { } last }
        ? $"{Wording.Day(first)} to {Wording.Day(last)}"
        : "–";
}
