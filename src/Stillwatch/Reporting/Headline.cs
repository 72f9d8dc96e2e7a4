using Stillwatch.Campaigns;

namespace Stillwatch.Reporting;

/// <summary>What the hunt looked at and what came of it, in sentences.</summary>
internal static class Headline
{
    /// <summary>The result in a few words: "2 campaigns found".</summary>
    public static string Title(HuntReport report) => report switch
    {
        { Findings.Interactions: 0 } => "Nothing to look at",
        { Campaigns.Count: 0 } => "No campaign found",
        _ => $"{Wording.Count(report.Campaigns.Count, "campaign")} found",
    };

    /// <summary>What was looked at, and what was found.</summary>
    public static string[] Sentences(HuntReport report) => [Scope(report.Findings), Outcome(report)];

    /// <summary>What else there is to know: where was searched if nothing was found, accounts outside campaigns, unusable input.</summary>
    public static IEnumerable<string> Remarks(HuntReport report)
    {
        var compared = report is { Campaigns.Count: 0, Findings.Interactions: > 0 } ? Compared : null;
        return new[] { compared, Outside(report), Rejected(report.Findings) }.OfType<string>();
    }

    private static string Scope(Findings findings)
    {
        var span = Wording.Span(findings.From, findings.To) is { } known ? $", {known}" : "";
        var accounts = Wording.Count(findings.AccountsSeen, "account");
        return $"Looked at {Wording.Count(findings.Interactions, "interaction")} of {accounts}{span}.";
    }

    private static string Outcome(HuntReport report) => report switch
    {
        { Findings.Interactions: 0 } => "There was no interaction to look at.",
        { Campaigns.Count: 0 } =>
            "Found no campaign: no group of accounts looks like one operator more than independent accounts do by chance.",
        _ => $"Found {Wording.Count(report.Campaigns.Count, "campaign")} with {Wording.Count(report.MemberCount, "account")}"
            + $"{(report.InCampaigns.Total > 0 ? $": {Wording.Advice(report.InCampaigns)}" : "")}.",
    };

    private static string? Outside(HuntReport report) => report.Outside.Count == 0
        ? null
        : $"Accounts outside campaigns: {Wording.Advice(report.OutsideVerdicts)}.";

    private static string? Rejected(Findings findings) => findings.Rejected switch
    {
        null or 0 => null,
        1 => "1 input line was no interaction and was left out.",
        { } rejected => $"{Wording.Number(rejected)} input lines were no interactions and were left out.",
    };

    /// <summary>How campaigns were sought, for a reader who sees none and wonders where was searched.</summary>
    private static string Compared => "Groups were sought among accounts that have something in common, as far as the log carries it: "
        + $"{string.Join(", ", ValueKinds.All.Select(ValueKinds.Plural))}. "
        + "A group is a campaign only if, besides, its members divide one list of work.";
}
