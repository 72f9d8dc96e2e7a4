using Stillwatch.Campaigns;

namespace Stillwatch.Reporting;

/// <summary>The accounts with a verdict that are members of no campaign.</summary>
internal static class OutsideList
{
    public static void Add(HtmlMarkup html, HuntReport report)
    {
        if (report.Outside.Count == 0)
        {
            return;
        }

        html.Add($"""<section class="card" aria-labelledby="outside-name"><h2 id="outside-name">Accounts outside campaigns</h2>""");
        HtmlTable.Begin(html, "Accounts outside campaigns", "Account", "Verdict", "#p-value", "Why");
        foreach (var account in report.Outside.Take(ReportBounds.AccountsOutside))
        {
            AddRow(html, account);
        }

        HtmlTable.End(html);
        HtmlTable.Rest(html, report.Outside.Count - ReportBounds.AccountsOutside, "account");
        html.Add($"</section>\n");
    }

    private static void AddRow(HtmlMarkup html, AccountFinding account)
    {
        var why = string.Join(' ', account.Reasons.Take(ReportBounds.Reasons).Select(reason => reason.Summary));
        var verdict = Wording.Name(account.Verdict);
        html.Add($"""
            <tr><th scope="row" class="name"><bdi>{HarmlessText.Of(account.Account.Value, ReportBounds.Label)}</bdi></th>
            <td><span class="verdict {verdict}">{verdict}</span></td>
            <td class="number">{(account.PValue is { } p ? Wording.Probability(p) : "–")}</td>
            <td class="why">{HarmlessText.Of(why, ReportBounds.Sentence)}</td></tr>

            """);
    }
}
