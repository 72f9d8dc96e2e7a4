using Stillwatch.Campaigns;
using Stillwatch.Interactions;

namespace Stillwatch.Evaluation;

/// <summary>Lays reported campaigns beside the true ones.</summary>
internal sealed class CampaignMatching
{
    private readonly Truth _truth;
    private readonly VerdictTable _verdicts;
    private readonly IReadOnlyList<CampaignFinding> _reported;
    private readonly int[] _labelled;
    private readonly Dictionary<AccountId, List<int>> _findingsOf = [];
    private readonly bool _isReplay;

    public CampaignMatching(Findings findings, Truth truth, VerdictTable verdicts)
    {
        (_truth, _verdicts, _reported) = (truth, verdicts, findings.Campaigns);
        _labelled = [.. _reported.Select(finding => finding.Accounts.Count(truth.Accounts.ContainsKey))];
        _isReplay = _reported.Any(finding => finding.AlertedAt is not null);
        Index();
        Found = [.. truth.Campaigns.Select(campaign => Match(campaign.Key, campaign.Value))];
    }

    /// <summary>What was found of every true campaign.</summary>
    public IReadOnlyList<CampaignAccuracy> Found { get; }

    /// <summary>Reported campaigns with at least one labelled member: those that can be judged.</summary>
    public int Judged => _labelled.Count(labelled => labelled > 0);

    /// <summary>Reported campaigns of which more than half of the labelled members are benign.</summary>
    public IReadOnlyList<FalseCampaign> FalseCampaigns() =>
    [
        .. _reported.Select((finding, i) => (finding, Labelled: _labelled[i], Benign: finding.Accounts.Count(IsBenign)))
            .Where(counted => counted.Benign * 2 > counted.Labelled)
            .Select(counted => new FalseCampaign
            {
                Finding = counted.finding.Id,
                Accounts = counted.finding.Accounts.Count,
                Benign = counted.Benign,
            }),
    ];

    private bool IsBenign(AccountId account) =>
        _truth.Accounts.TryGetValue(account, out var label) && label.Label == AccountLabel.Benign;

    private void Index()
    {
        for (var i = 0; i < _reported.Count; i++)
        {
            foreach (var account in _reported[i].Accounts)
            {
                if (!_findingsOf.TryGetValue(account, out var findings))
                {
                    _findingsOf.Add(account, findings = []);
                }

                findings.Add(i);
            }
        }
    }

    private CampaignAccuracy Match(string name, IReadOnlyList<AccountTruth> accounts)
    {
        var overlaps = accounts.SelectMany(account => FindingsOf(account.Account)).CountBy(finding => finding).ToList();
        var (best, grouped) = overlaps.Count == 0
            ? (-1, 0)
            : overlaps.OrderByDescending(overlap => overlap.Value).ThenBy(overlap => _labelled[overlap.Key]).ThenBy(overlap => overlap.Key)
                .Select(overlap => (overlap.Key, overlap.Value)).First();
        var finding = best < 0 ? null : _reported[best];
        var classes = accounts.Select(account => account.Class).Distinct().ToList();
        return new()
        {
            Campaign = name,
            Class = classes.Count == 1 ? classes[0] : null,
            Acted = Proportion.Exact(accounts.Count(account => _verdicts.IsActed(account.Account)), accounts.Count),
            Flagged = Proportion.Exact(accounts.Count(account => _verdicts.IsFlagged(account.Account)), accounts.Count),
            Grouped = Proportion.Exact(grouped, accounts.Count),
            Detected = grouped * 2 >= accounts.Count,
            Finding = finding?.Id,
            Purity = finding is null ? null : Proportion.Exact(grouped, _labelled[best]),
            Fragments = overlaps.Count,
            AlertedAt = finding?.AlertedAt,
            HoursUntilAlert = (finding?.AlertedAt - finding?.FirstSeen)?.TotalHours,
            ThroughBeforeAlert = _isReplay ? Through(accounts) : null,
        };
    }

    /// <summary>
    /// Every account's share that came before the earliest alert that names it, weighed by its interactions for the campaign. Findings
    /// count interactions by campaign only, so their members are taken to have been equally far when the alert came.
    /// </summary>
    private double? Through(IReadOnlyList<AccountTruth> accounts)
    {
        var (through, all) = (0.0, 0.0);
        foreach (var account in accounts)
        {
            if ((account.CampaignInteractions ?? account.Interactions) is not { } interactions)
            {
                return null;
            }

            all += interactions;
            through += interactions * FindingsOf(account.Account).Select(ShareBeforeAlert).DefaultIfEmpty(1).Min();
        }

        return all == 0 ? null : through / all;
    }

    private double ShareBeforeAlert(int finding) => _reported[finding] switch
    {
        { InteractionsBeforeAlert: { } before, Interactions: > 0 and var all } => Math.Min(1, (double)before / all),
        _ => 1,
    };

    private List<int> FindingsOf(AccountId account) => _findingsOf.GetValueOrDefault(account, []);
}
