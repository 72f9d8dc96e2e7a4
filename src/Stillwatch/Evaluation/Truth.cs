using Stillwatch.Interactions;

namespace Stillwatch.Evaluation;

/// <summary>The labels of all accounts of benchmark data. Immutable.</summary>
public sealed class Truth
{
    private readonly Dictionary<AccountId, AccountTruth> _seen = [];

    /// <param name="labels">One label an account.</param>
    /// <exception cref="ArgumentException">An account has two labels.</exception>
    public Truth(IEnumerable<AccountTruth> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        foreach (var label in labels)
        {
            Add(label);
        }

        Campaigns = _seen.Values
            .Where(label => label is { Label: AccountLabel.Campaign, Campaign: not null })
            .GroupBy(label => label.Campaign!)
            .OrderBy(campaign => campaign.Key, StringComparer.Ordinal)
            .ToDictionary(campaign => campaign.Key, IReadOnlyList<AccountTruth> (campaign) => [.. campaign]);
    }

    /// <summary>The accounts that the log holds.</summary>
    public IReadOnlyDictionary<AccountId, AccountTruth> Accounts => _seen;

    /// <summary>
    /// Accounts that never came up in the log (their <see cref="AccountTruth.Interactions"/> is 0): nobody could find them.
    /// </summary>
    public long Unseen { get; private set; }

    /// <summary>The accounts of every campaign, in the ordinal order of their names.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<AccountTruth>> Campaigns { get; }

    private void Add(AccountTruth label)
    {
        if (label.Interactions == 0)
        {
            Unseen++;
        }
        else if (!_seen.TryAdd(label.Account, label))
        {
            throw new ArgumentException($"The account \"{label.Account}\" is labelled twice.", nameof(label));
        }
    }
}
