using Stillwatch.Campaigns;
using Stillwatch.Hunting;

namespace Stillwatch.Reporting;

/// <summary>A hunt's result as text for a person at a terminal: a headline, the campaigns, then the accounts that stand alone.</summary>
/// <remarks>
/// Names and sentences that came from the log are made harmless: whatever an account is called, it cannot move the cursor, forge a
/// line or turn the reading direction. Equal results and options give equal text. The findings file names what is only counted here.
/// </remarks>
public static class HuntTable
{
    /// <summary>Sentences longer than this many characters are cut.</summary>
    private const int MaxSentence = 600;

    /// <summary>Names longer than this many columns are cut.</summary>
    private const int MaxName = 48;

    /// <summary>Column at which the values of a campaign's facts begin.</summary>
    private const int FactColumn = 14;

    /// <param name="result">What to write.</param>
    /// <param name="writer">Where to; neither flushed nor closed.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static void Write(HuntResult result, TextWriter writer, TableOptions options)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        var report = HuntReport.Of(result);
        var text = new TableText(writer, options);
        WriteHeadline(text, report);
        foreach (var campaign in report.Campaigns.Take(options.Campaigns))
        {
            WriteCampaign(text, campaign, report.Findings, options.AccountsPerCampaign);
        }

        WriteUntoldCampaigns(text, [.. report.Campaigns.Skip(options.Campaigns)]);
        WriteOutside(text, report, options.AccountsOutside);
    }

    private static void WriteHeadline(TableText text, HuntReport report)
    {
        text.Paragraph(Headline.Title(report), ink: Ink.Strong);
        foreach (var sentence in Headline.Sentences(report).Concat(Headline.Remarks(report)))
        {
            text.Paragraph(sentence);
        }
    }

    private static void WriteCampaign(TableText text, CampaignReport campaign, Findings findings, int accounts)
    {
        var finding = campaign.Finding;
        text.BlankLine();
        text.Line(campaign.Heading, Ink.Strong);
        Fact(text, "accounts", Members(campaign));
        Fact(text, "interactions",
            $"{Wording.Number(finding.Interactions)}, {Wording.Share(finding.Interactions, findings.Interactions)} of the log");
        Fact(text, "seen", Wording.Span(finding.FirstSeen, finding.LastSeen));
        Fact(text, "models", finding.Models is { Count: > 0 } models ? HarmlessText.Of(string.Join(", ", models), MaxSentence) : null);
        Fact(text, "strength", Strength(finding.Log10EValue));
        Fact(text, "alerted", Alert(finding));
        WriteReasons(text, finding);
        WriteMembers(text, campaign.Members, accounts);
    }

    private static void Fact(TableText text, string label, string? value)
    {
        if (value is not null)
        {
            text.Entry(label, value, indent: 2, column: 2 + FactColumn, Ink.Faint);
        }
    }

    private static string Members(CampaignReport campaign)
    {
        var counts = campaign.Verdicts;
        return Wording.Number(campaign.Members.Count) + (counts.Total > 0 ? $": {Wording.Advice(counts)}" : "");
    }

    private static string Strength(double log10EValue) => log10EValue > 0
        ? $"{Wording.OneIn(log10EValue)} by chance: at most so often do independent accounts look this much like one operator "
            + $"(log10 e-value {Wording.Logarithm(log10EValue)})"
        : $"no evidence (log10 e-value {Wording.Logarithm(log10EValue)})";

    private static string? Alert(CampaignFinding finding) => finding.AlertedAt is not { } at
        ? null
        : $"{Wording.Minute(at)} UTC" + (finding.InteractionsBeforeAlert is { } before
            ? $", after {Wording.Count(before, "interaction")} ({Wording.Share(before, finding.Interactions)} of the campaign)"
            : "");

    private static void WriteReasons(TableText text, CampaignFinding campaign)
    {
        if (campaign.Reasons.Count > 0)
        {
            text.Line("  why", Ink.Faint);
        }

        foreach (var reason in campaign.Reasons)
        {
            var weight = reason.Log10EValue is { } log10 ? Wording.OneIn(log10) : "not weighed";
            var without = CounterfactualSentences.InShort(reason, campaign) is { } sentence ? $" {sentence}" : "";
            text.Entry(weight, $"{Sentence(reason)}{without}", indent: 4, column: 2 + FactColumn + 2, Ink.Strong);
        }
    }

    private static string Sentence(Reason reason) => $"{HarmlessText.Of(reason.Summary, MaxSentence)} [{HarmlessText.Of(reason.Code, 60)}]";

    private static void WriteMembers(TableText text, IReadOnlyList<CampaignMember> members, int limit)
    {
        var listed = members.Take(limit).ToArray();
        if (listed.Length == 0)
        {
            return;
        }

        text.Line("  accounts", Ink.Faint);
        var width = NameWidth(listed.Select(member => member.Account.Value), text.Width);
        foreach (var member in listed)
        {
            var name = DisplayWidth.Fit(HarmlessText.Of(member.Account.Value), width);
            var verdict = member.Verdict is { } given ? Wording.Name(given) : "clear";
            text.Row(verdict, $"{name}  {Volume(member.Drawn)}", indent: 4, column: 2 + FactColumn, VerdictInk(member.Verdict));
        }

        WriteRest(text, members.Count - listed.Length, indent: 4);
    }

    private static Ink VerdictInk(Verdict? verdict) => verdict is { } given ? Ink.Of(given) : Ink.Faint;

    private static string Volume(PictureMember? drawn) => drawn is null
        ? ""
        : $"{Wording.Count(drawn.Interactions, "interaction")}, {Wording.Day(drawn.FirstSeen)} to {Wording.Day(drawn.LastSeen)}";

    private static int NameWidth(IEnumerable<string> names, int width) =>
        Math.Min(Math.Min(MaxName, width / 2), names.Max(name => DisplayWidth.Of(HarmlessText.Of(name))));

    private static void WriteUntoldCampaigns(TableText text, IReadOnlyList<CampaignReport> untold)
    {
        if (untold.Count > 0)
        {
            text.BlankLine();
            var members = untold.SelectMany(campaign => campaign.Finding.Accounts).Distinct().Count();
            text.Paragraph($"{Wording.Count(untold.Count, "weaker campaign")} with {Wording.Count(members, "account")} not told here.");
        }
    }

    private static void WriteOutside(TableText text, HuntReport report, int limit)
    {
        var listed = report.Outside.Take(limit).ToArray();
        if (listed.Length == 0)
        {
            return;
        }

        text.BlankLine();
        text.Line("Accounts outside campaigns", Ink.Strong);
        foreach (var account in listed)
        {
            text.Entry(Wording.Name(account.Verdict), Outside(account), indent: 2, column: 2 + FactColumn, Ink.Of(account.Verdict));
        }

        WriteRest(text, report.Outside.Count - listed.Length, indent: 2);
    }

    private static string Outside(AccountFinding account)
    {
        var chance = account.PValue is { } p ? $" (p = {Wording.Probability(p)})" : "";
        var reasons = string.Join(' ', account.Reasons.Take(3).Select(Sentence));
        return $"{DisplayWidth.Cut(HarmlessText.Of(account.Account.Value), MaxName)}{chance}{(reasons.Length > 0 ? $": {reasons}" : "")}";
    }

    private static void WriteRest(TableText text, int rest, int indent)
    {
        if (rest > 0)
        {
            text.Paragraph($"and {Wording.Number(rest)} more", indent, Ink.Faint);
        }
    }
}
