using System.Globalization;
using Stillwatch.Campaigns;
using Stillwatch.Campaigns.Reasons;
using Stillwatch.Interactions;

namespace Stillwatch.Reporting;

/// <summary>Explains campaigns and accounts from a findings file alone: no log and no store is needed.</summary>
public sealed class Explainer
{
    private static readonly string[] Limits =
    [
        "The figures say how unlike independent accounts the group looks. Whether one operator is an attacker, a reseller or a customer "
            + "who forgot to declare an organization they cannot say; that is for a person to judge.",
        "An e-value of 10^x arises among independent accounts with a probability of at most 1 in 10^x. That holds as far as the null "
            + "hypotheses named here describe innocent accounts, and as far as the sides (content, sharing, hours, lives) are "
            + "independent for them.",
        "Of all campaigns that one hunt reports, the accepted share (1 % unless set otherwise) may be false on average.",
        "Content is judged on a sample of each account's prompts. Whoever holds the log can hunt again: the same interactions give the "
            + "same findings.",
    ];

    private readonly Findings _findings;
    private readonly Dictionary<CampaignId, CampaignFinding> _campaigns;
    private readonly Dictionary<AccountId, AccountFinding> _accounts;

    /// <param name="findings">What a hunt or a replay found.</param>
    public Explainer(Findings findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        _findings = findings;
        _campaigns = findings.Campaigns.ToDictionary(static campaign => campaign.Id);
        _accounts = findings.Accounts.ToDictionary(static account => account.Account);
    }

    /// <summary>Explains a campaign; null if there is none of this name.</summary>
    public Explanation? Campaign(string name)
    {
        if (!CampaignId.TryParse(name, null, out var id) || !_campaigns.TryGetValue(id, out var campaign))
        {
            return null;
        }

        var now = VerdictOf(campaign);
        return new Explanation
        {
            Subject = name,
            Campaign = campaign,
            IsAccount = false,
            Verdict = now,
            Summary = [Sentence(now, "its members"), .. Standing(campaign), .. Size(campaign)],
            AccountReasons = [],
            CampaignReasons = Reasons(campaign, now),
            Exits = [.. CampaignExits(campaign), Declaration],
            Limits = Limits,
        };
    }

    /// <summary>Explains an account; null if it has no verdict and is in no campaign.</summary>
    public Explanation? Account(string name)
    {
        if (!AccountId.TryParse(name, null, out var id))
        {
            return null;
        }

        var account = _accounts.GetValueOrDefault(id);
        var campaign = CampaignOf(id, account);
        if (account is null && campaign is null)
        {
            return null;
        }

        var verdict = (Consequence)(account?.Verdict ?? 0);
        return new Explanation
        {
            Subject = name,
            Account = account,
            Campaign = campaign,
            IsAccount = true,
            Verdict = verdict,
            Summary = [Sentence(verdict, "the account"), .. Place(account, campaign), .. campaign is null ? [] : Standing(campaign)],
            AccountReasons = [.. (account?.Reasons ?? []).Select(static reason =>
                new ExplainedReason(reason, ReasonCatalogue.Find(reason.Code), CounterfactualSentences.OfAccount(reason)))],
            CampaignReasons = campaign is null ? [] : Reasons(campaign, VerdictOf(campaign)),
            Exits = [.. AccountExits(account, campaign)],
            Limits = Limits,
        };
    }

    private static string Declaration =>
        "If accounts belong together with good reason, declare one organization for them (in the accounts file) and hunt again: sharing "
        + "inside one organization counts nothing.";

    private CampaignFinding? CampaignOf(AccountId id, AccountFinding? account) =>
        (account?.Campaign ?? account?.Near) is { } named
            ? _campaigns.GetValueOrDefault(named)
            : _findings.Campaigns.FirstOrDefault(campaign => campaign.Accounts.Contains(id));

    /// <summary>The most severe of the members' verdicts: what is advised for those of the strongest group.</summary>
    private Consequence VerdictOf(CampaignFinding campaign) =>
        (Consequence)campaign.Accounts.Max(account => (int?)_accounts.GetValueOrDefault(account)?.Verdict).GetValueOrDefault();

    private static List<ExplainedReason> Reasons(CampaignFinding campaign, Consequence now) =>
        [.. campaign.Reasons.Select(reason => new ExplainedReason(
            reason, ReasonCatalogue.Find(reason.Code), CounterfactualSentences.OfCampaign(reason, campaign, now)))];

    private static string Sentence(Consequence verdict, string whom) => verdict switch
    {
        Consequence.Block => $"Block: sure enough to stop serving {whom}.",
        Consequence.Restrict => $"Restrict: sure enough to limit what {whom} get{(whom == "the account" ? "s" : "")}.",
        Consequence.Review => $"Review: a person should look at {whom}; nothing should be done without that.",
        _ => $"No verdict: nothing is advised against {whom}.",
    };

    private static IEnumerable<string> Standing(CampaignFinding campaign)
    {
        var level = campaign.Log10Level is { } needed ? $", where {CounterfactualSentences.Power(needed)} was needed to be reported" : "";
        yield return $"The campaign stands at {CounterfactualSentences.Power(campaign.Log10EValue)}{level}: "
            + (campaign.Log10EValue > 0
                ? "independent accounts look this much like one operator with a probability of at most "
                    + $"{Wording.OneIn(campaign.Log10EValue)}."
                : "that is no evidence.");
        if (campaign is { Log10Content: { } content, Log10Corroboration: { } rest })
        {
            yield return $"Of this, content gives {CounterfactualSentences.Power(content)} (the weaker of its two tests) and everything "
                + $"else {CounterfactualSentences.Power(rest)}; the two multiply.";
        }
    }

    private static IEnumerable<string> Size(CampaignFinding campaign)
    {
        var seen = Wording.Span(campaign.FirstSeen, campaign.LastSeen) is { } span ? $", {span}" : "";
        yield return $"{Wording.Count(campaign.Accounts.Count, "account")} with "
            + $"{Wording.Count(campaign.Interactions, "interaction")}{seen}.";
        if (campaign.AlertedAt is { } alerted)
        {
            yield return $"First reported at {Wording.Minute(alerted)} UTC"
                + (campaign.InteractionsBeforeAlert is { } before ? $", after {Wording.Count(before, "interaction")}." : ".");
        }
    }

    private static IEnumerable<string> Place(AccountFinding? account, CampaignFinding? campaign)
    {
        if (campaign is not null)
        {
            var how = account is null || account.Campaign is not null ? "It belongs to" : "It is near";
            yield return $"{how} {HarmlessText.Of(campaign.Id.Value)}, {Wording.Count(campaign.Accounts.Count, "account")} with "
                + $"{Wording.Count(campaign.Interactions, "interaction")}.";
        }

        if (account is { Score: { } score, ScoreNeeded: { } needed })
        {
            yield return $"It shares {Number(score)} of what the average member shares of what is typical; from {Number(needed)} on that "
                + "alone makes a member, below it its own content has to speak for it as well.";
        }

        if (account?.PValue is { } chance)
        {
            yield return $"Among accounts outside the campaign a share of {Wording.Probability(chance)} shares as much (p-value).";
        }
    }

    private static IEnumerable<string> CampaignExits(CampaignFinding campaign)
    {
        var told = campaign.Reasons.Where(static reason => reason.VerdictWithout is not null).ToList();
        var decisive = told.Where(static reason => reason.VerdictWithout == Consequence.Clear).ToList();
        if (told.Count > 0)
        {
            yield return decisive.Count == 0
                ? "No single reason decides: the campaign would be reported without any one of them."
                : "The campaign would not be reported without any one of these: "
                    + $"{string.Join(", ", decisive.Select(static reason => HarmlessText.Of(reason.Code, 60)))}.";
        }
    }

    private static IEnumerable<string> AccountExits(AccountFinding? account, CampaignFinding? campaign)
    {
        if (account is { Campaign: not null, ScoreNeeded: { } needed })
        {
            yield return account.Reasons.Any(static reason => reason.Code == ReasonCodes.ConfirmedContent)
                ? "Prompts of the account that show topics of its own would leave it for review only."
                : $"Sharing less than {Number(needed)} of what the average member shares would leave it to the account's own content: it "
                    + "would stay in only if that is interchangeable with the members'.";
        }

        if (campaign is null)
        {
            yield break;
        }

        yield return "If the campaign falls, so does what is advised for this account.";
        foreach (var exit in CampaignExits(campaign).Append(Declaration))
        {
            yield return exit;
        }
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
