using Stillwatch.Campaigns;

namespace Stillwatch.Reporting;

/// <summary>One campaign on the page: what it is, why it is one, and what <see cref="CampaignViews"/> shows of it.</summary>
internal static class CampaignSection
{
    public static void Add(HtmlMarkup html, ReportContent content, int place)
    {
        var campaign = content.Sections[place];
        var id = $"campaign-{place + 1}";
        html.Add($"""
            <article class="card campaign" id="{id}" aria-labelledby="{id}-name">
            <header><h2 id="{id}-name"><bdi>{campaign.Heading}</bdi></h2>
            <p class="strength" title="log10 e-value {Wording.Logarithm(campaign.Finding.Log10EValue)}">
            """);
        AddOdds(html, campaign.Finding.Log10EValue);
        html.Add($" by chance</p></header>\n");
        AddVerdicts(html, campaign.Verdicts);
        AddFacts(html, campaign.Finding, content.Report.Findings.Interactions);
        AddEvidence(html, campaign.Finding);
        CampaignViews.Add(html, content, place);
        html.Add($"</article>\n");
    }

    /// <summary>"1 in 10^21" with a raised exponent.</summary>
    public static void AddOdds(HtmlMarkup html, double log10EValue) => _ = Wording.IsPower(log10EValue)
        ? html.Add($"""<span class="odds">1 in 10<sup>{Wording.Exponent(log10EValue)}</sup></span>""")
        : html.Add($"""<span class="odds">{Wording.OneIn(log10EValue)}</span>""");

    private static void AddFacts(HtmlMarkup html, CampaignFinding finding, long logInteractions)
    {
        html.Add($"""<dl class="facts">""");
        AddFact(html, "Accounts", Wording.Number(finding.Accounts.Count));
        var share = Wording.Share(finding.Interactions, logInteractions);
        AddFact(html, "Interactions", $"{Wording.Number(finding.Interactions)} ({share} of the log)");
        AddFact(html, "Seen", Wording.Span(finding.FirstSeen, finding.LastSeen));
        AddFact(html, "Models", Models(finding.Models ?? []));
        AddFact(html, "Alerted", finding.AlertedAt is { } alerted ? $"{Wording.Minute(alerted)} UTC" : null);
        AddFact(html, "Before the alert", finding.InteractionsBeforeAlert is { } before
            ? $"{Wording.Count(before, "interaction")} ({Wording.Share(before, finding.Interactions)} of the campaign)"
            : null);
        html.Add($"</dl>\n");
    }

    private static void AddFact(HtmlMarkup html, string label, string? value)
    {
        if (value is { Length: > 0 })
        {
            html.Add($"<div><dt>{label}</dt><dd>{value}</dd></div>\n");
        }
    }

    private static string Models(IReadOnlyList<string> models)
    {
        var rest = models.Count - ReportBounds.Models;
        return string.Join(", ", models.Take(ReportBounds.Models).Select(model => HarmlessText.Of(model, ReportBounds.Label)))
            + (rest > 0 ? $" and {Wording.Number(rest)} more" : "");
    }

    /// <summary>A bar whose parts are the verdicts, and the same in words.</summary>
    private static void AddVerdicts(HtmlMarkup html, VerdictCounts verdicts)
    {
        if (verdicts.Total == 0)
        {
            return;
        }

        html.Add($"""<div class="verdicts"><svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">""");
        var left = 0.0;
        foreach (var (verdict, accounts) in verdicts.BySeverity())
        {
            var width = 100.0 * accounts / verdicts.Total;
            html.Add($"""<rect class="{Wording.Name(verdict)}" x="{left}" width="{width}" height="1"/>""");
            left += width;
        }

        html.Add($"</svg><ul>");
        foreach (var (verdict, accounts) in verdicts.BySeverity())
        {
            var name = Wording.Name(verdict);
            html.Add($"""<li><span class="verdict {name}">{name}</span> {Wording.Number(accounts)}</li>""");
        }

        html.Add($"</ul></div>\n");
    }

    private static void AddEvidence(HtmlMarkup html, CampaignFinding campaign)
    {
        if (campaign.Reasons.Count == 0)
        {
            return;
        }

        html.Add($"""
            <h3>Evidence</h3>
            <p class="hint">Each bar shows how strongly this speaks against chance, on a logarithmic scale.</p>
            <ol class="evidence">

            """);
        var strongest = campaign.Reasons.Max(reason => reason.Log10EValue) is > 0 and { } most ? most : 1;
        foreach (var reason in campaign.Reasons.Take(ReportBounds.Reasons))
        {
            AddReason(html, reason, strongest, CounterfactualSentences.InShort(reason, campaign) ?? "");
        }

        html.Add($"</ol>\n");
    }

    private static void AddReason(HtmlMarkup html, Reason reason, double strongest, string without)
    {
        html.Add($"""<li><h4>{Wording.Title(reason.Code)}</h4>""");
        if (reason.Log10EValue is { } weight)
        {
            AddOdds(html, weight);
        }
        else
        {
            html.Add($"""<span class="odds">not weighed</span>""");
        }

        var width = Math.Clamp(100 * (reason.Log10EValue ?? 0) / strongest, 0, 100);
        html.Add($"""
            <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect class="rail" width="100" height="1"/><rect class="weight" width="{width}" height="1"/></svg>
            <p>{HarmlessText.Of(reason.Summary, ReportBounds.Sentence)} {without}</p></li>

            """);
    }
}
