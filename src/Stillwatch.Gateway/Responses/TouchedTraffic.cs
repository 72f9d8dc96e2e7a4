using Stillwatch.Evaluation;
using Stillwatch.Interactions;

namespace Stillwatch.Gateway.Responses;

/// <summary>Counts whose traffic responses touched, or would have. Not thread-safe; memory grows with accounts.</summary>
/// <param name="truth">Which accounts are of a campaign; null where nobody knows.</param>
public sealed class TouchedTraffic(Truth? truth)
{
    private readonly Dictionary<(string Effect, string Group), (long Requests, HashSet<string> Accounts)> _touched = [];
    private readonly Dictionary<string, (long Requests, HashSet<string> Accounts)> _all = new(StringComparer.Ordinal);

    /// <summary>Counts some requests of an account that were dealt with alike.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="tier">Its tier; null where that is not known.</param>
    /// <param name="effects">What was, or would have been, done; none for most requests.</param>
    /// <param name="requests">How many.</param>
    public void Add(string account, string? tier, IReadOnlyList<string> effects, long requests = 1)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(effects);
        foreach (var group in Groups(account, tier))
        {
            var (sum, accounts) = _all.GetValueOrDefault(group, (0, new(StringComparer.Ordinal)));
            accounts.Add(account);
            _all[group] = (sum + requests, accounts);
            foreach (var effect in effects)
            {
                var (touched, whose) = _touched.GetValueOrDefault((effect, group), (0, new(StringComparer.Ordinal)));
                whose.Add(account);
                _touched[(effect, group)] = (touched + requests, whose);
            }
        }
    }

    /// <summary>The counts of every step that touched anything, for every group, by step and group.</summary>
    public IReadOnlyList<TouchedCount> Counts =>
    [
        .. from effect in _touched.Keys.Select(static key => key.Effect).Distinct().Order(StringComparer.Ordinal)
           from kind in _all.Keys.Order(StringComparer.Ordinal)
           select Count(effect, kind),
    ];

    /// <summary>Requests and accounts that were counted.</summary>
    public (long Requests, long Accounts) All => _all.TryGetValue("all", out var all) ? (all.Requests, all.Accounts.Count) : default;

    private TouchedCount Count(string effect, string kind)
    {
        var (of, (requests, accounts)) = (_all[kind], _touched.GetValueOrDefault((effect, kind), (0, [])));
        return new(effect, kind, requests, of.Requests, accounts.Count, of.Accounts.Count);
    }

    private IEnumerable<string> Groups(string account, string? tier)
    {
        yield return "all";
        if (tier is not null)
        {
            yield return $"tier {tier}";
        }

        if (truth is not null)
        {
            yield return AccountId.TryParse(account, null, out var id) && truth.Accounts.TryGetValue(id, out var label)
                ? label.Label is AccountLabel.Campaign ? "campaign" : "honest"
                : "unlabelled";
        }
    }
}
