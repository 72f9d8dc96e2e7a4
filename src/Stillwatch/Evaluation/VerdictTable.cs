using Stillwatch.Campaigns;
using Stillwatch.Interactions;

namespace Stillwatch.Evaluation;

/// <summary>What findings say of each account.</summary>
internal sealed class VerdictTable
{
    private readonly Dictionary<AccountId, Verdict> _verdicts;
    private readonly HashSet<AccountId> _members;

    public VerdictTable(Findings findings)
    {
        _verdicts = findings.Accounts.ToDictionary(account => account.Account, account => account.Verdict);
        _members = [.. findings.Campaigns.SelectMany(campaign => campaign.Accounts)];
    }

    /// <summary>Every account with a verdict or in a reported campaign, once.</summary>
    public IEnumerable<AccountId> Named => _verdicts.Keys.Union(_members);

    /// <summary>Restricted or blocked.</summary>
    public bool IsActed(AccountId account) => _verdicts.TryGetValue(account, out var verdict) && verdict >= Verdict.Restrict;

    /// <summary>Any verdict.</summary>
    public bool IsFlagged(AccountId account) => _verdicts.ContainsKey(account);

    /// <summary>In a reported campaign.</summary>
    public bool IsMember(AccountId account) => _members.Contains(account);
}
