using Stillwatch.Campaigns;
using Stillwatch.Interactions;

namespace Stillwatch.Hunting;

/// <summary>Which campaigns were reported when, over the hunts of a replay.</summary>
/// <remarks>
/// A campaign of a later hunt is the same as an earlier one if most members of either are members of the other; it keeps the time of
/// its first alert and every member it ever had. An account keeps the most severe verdict it ever had: an operator would have acted on it.
/// </remarks>
internal sealed class AlertHistory
{
    private const double SameCampaignShare = 0.5;

    private readonly List<Alert> _alerts = [];
    private readonly Dictionary<AccountId, AccountFinding> _accounts = [];
    private readonly Dictionary<CampaignId, Alert> _byId = [];

    /// <summary>Campaigns alerted so far.</summary>
    public int Count => _alerts.Count;

    /// <summary>The campaigns with the time of their first alert, the strongest first.</summary>
    public IReadOnlyList<CampaignFinding> Campaigns => _alerts
        .Select(alert => alert.Campaign with
        {
            AlertedAt = alert.At,
            Accounts = alert.Members.OrderBy(member => member.Value, StringComparer.Ordinal).ToList(),
        })
        .OrderByDescending(campaign => campaign.Log10EValue).ThenBy(campaign => campaign.Id.Value, StringComparer.Ordinal).ToList();

    /// <summary>Every account that was ever reported, with its most severe verdict.</summary>
    public IReadOnlyList<AccountFinding> Accounts => _accounts.Values
        .Select(account => Home(account.Account) is { } home
            ? account with { Campaign = home, Near = null }
            : account with { Near = Renamed(account.Near) })
        .OrderBy(account => account.Account.Value, StringComparer.Ordinal).ToList();

    /// <summary>Takes in the findings of one hunt.</summary>
    public void Add(DateTimeOffset at, Findings findings)
    {
        var updated = new HashSet<Alert>();
        foreach (var campaign in findings.Campaigns.OrderByDescending(campaign => campaign.Log10EValue))
        {
            var members = campaign.Accounts.ToHashSet();
            if (_alerts.FirstOrDefault(alert => IsSame(alert.Members, members)) is not { } known)
            {
                _alerts.Add(known = new Alert(at, campaign, members));
            }

            _byId[campaign.Id] = known;
            known.Members.UnionWith(members);
            known.Campaign = updated.Add(known) ? campaign : known.Campaign;
        }

        foreach (var account in findings.Accounts)
        {
            if (!_accounts.TryGetValue(account.Account, out var before) || account.Verdict >= before.Verdict)
            {
                _accounts[account.Account] = account;
            }
        }
    }

    /// <summary>What a campaign of an earlier hunt is called now.</summary>
    private CampaignId? Renamed(CampaignId? id) => id is { } known && _byId.TryGetValue(known, out var alert) ? alert.Campaign.Id : id;

    private CampaignId? Home(AccountId account) =>
        _alerts.FirstOrDefault(alert => alert.Members.Contains(account))?.Campaign.Id;

    private static bool IsSame(HashSet<AccountId> known, HashSet<AccountId> members) =>
        members.Count(known.Contains) >= SameCampaignShare * Math.Min(known.Count, members.Count);

    private sealed class Alert(DateTimeOffset at, CampaignFinding campaign, HashSet<AccountId> members)
    {
        public DateTimeOffset At { get; } = at;

        public HashSet<AccountId> Members { get; } = members;

        public CampaignFinding Campaign { get; set; } = campaign;
    }
}
