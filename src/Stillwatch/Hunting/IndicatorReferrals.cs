using Stillwatch.Campaigns;
using Stillwatch.Campaigns.Indicators;
using Stillwatch.Campaigns.Reasons;
using Stillwatch.Interactions;
using Stillwatch.Profiles;
using Stillwatch.Store;

namespace Stillwatch.Hunting;

/// <summary>
/// Adds to a hunt's findings what others know: an account that an indicator holds for is for review by a person, if it has no verdict yet,
/// and carries a reason that says so. No verdict becomes more severe: shared indicators can be wrong, and can be planted.
/// </summary>
internal sealed class IndicatorReferrals
{
    /// <summary>What holds for more accounts than this and for a larger share than <see cref="MaxShare"/> tells nobody apart.</summary>
    private const int AlwaysNarrow = 50;

    private const double MaxShare = 0.01;
    private const int NamedIds = 3;

    private readonly InteractionStore _store;
    private readonly AccountProfiles _profiles;
    private readonly IReadOnlyList<PartnerIndicator> _indicators;

    public IndicatorReferrals(InteractionStore store, AccountProfiles profiles, IReadOnlyList<PartnerIndicator> indicators) =>
        (_store, _profiles, _indicators) = (store, profiles, indicators);

    /// <summary>The reason that an account carries.</summary>
    /// <param name="indicators">What holds for it, at least one.</param>
    /// <param name="verdict">What is advised on other grounds; null for nothing.</param>
    public static Reason Reason(IReadOnlyList<PartnerIndicator> indicators, Verdict? verdict)
    {
        var sources = indicators.SelectMany(static indicator => indicator.Sources).Distinct(StringComparer.Ordinal).Count();
        var ids = string.Join(", ", indicators.Take(NamedIds).Select(static indicator => indicator.Id));
        var more = indicators.Count > NamedIds ? $" and {indicators.Count - NamedIds} more" : "";
        return new Reason
        {
            Code = ReasonCodes.PartnerIndicator,
            Summary = $"Uses what {sources} {(sources == 1 ? "source" : "sources")} shared as used by a campaign: {ids}{more}.",
            VerdictWithout = (Consequence)(verdict ?? 0),
        };
    }

    /// <summary>The findings with what the indicators add.</summary>
    public async Task<HuntResult> AddAsync(HuntResult result, long throughMs, CancellationToken cancellationToken)
    {
        if (_indicators.Count == 0)
        {
            return result;
        }

        var holders = await IndicatorSearch.FindAsync(_store.Engine, _profiles, _indicators, throughMs, cancellationToken)
            .ConfigureAwait(false);
        var uses = _indicators.Zip(holders, (indicator, accounts) => new IndicatorUse(indicator, accounts.Count, IsTooBroad(accounts)))
            .ToList();
        var named = new SortedDictionary<int, List<PartnerIndicator>>();
        foreach (var (use, accounts) in uses.Zip(holders).Where(static pair => !pair.First.IsTooBroad))
        {
            foreach (var account in accounts)
            {
                (named.TryGetValue(account, out var known) ? known : named[account] = []).Add(use.Indicator);
            }
        }

        var accountsNow = await AccountsAsync(result.Findings.Accounts, named, cancellationToken).ConfigureAwait(false);
        return result with { Findings = result.Findings with { Accounts = accountsNow }, Indicators = uses };
    }

    private async Task<IReadOnlyList<AccountFinding>> AccountsAsync(
        IReadOnlyList<AccountFinding> accounts,
        SortedDictionary<int, List<PartnerIndicator>> named,
        CancellationToken cancellationToken)
    {
        var labels = await _store.LabelsAsync(
            LabelKind.Account, named.Keys.Select(account => _profiles[account].Account), cancellationToken).ConfigureAwait(false);
        var byName = named.ToDictionary(pair => NamedCampaign.Name(_profiles[pair.Key].Account, labels), static pair => pair.Value);
        var known = accounts.Select(account => byName.Remove(account.Account, out var indicators)
            ? account with { Reasons = [.. account.Reasons, Reason(indicators, account.Verdict)] }
            : account).ToList();
        var others = byName.OrderBy(static pair => pair.Key.Value, StringComparer.Ordinal);
        return [.. known, .. others.Select(static pair => ForReview(pair.Key, pair.Value))];
    }

    private static AccountFinding ForReview(AccountId account, List<PartnerIndicator> indicators) => new()
    {
        Account = account,
        Verdict = Verdict.Review,
        Reasons = [Reason(indicators, null)],
    };

    private bool IsTooBroad(IReadOnlyList<int> accounts) => accounts.Count > AlwaysNarrow && accounts.Count > MaxShare * _profiles.Count;
}
