using Stillwatch.Campaigns.Indicators;
using Stillwatch.Profiles;
using Stillwatch.Store.Engine;

namespace Stillwatch.Hunting;

/// <summary>Finds the accounts that indicators hold for.</summary>
/// <remarks>
/// One pass over profiles and ways in; autonomous systems and agents, which profiles hold only in combination, cost one query each where an
/// indicator names one. Memory grows with the accounts that match.
/// </remarks>
internal sealed class IndicatorSearch
{
    private readonly AccountProfiles _profiles;
    private readonly Dictionary<(IndicatorAttribute Attribute, ulong Key), HashSet<int>> _users = [];

    private IndicatorSearch(AccountProfiles profiles, IEnumerable<PartnerIndicator> indicators)
    {
        _profiles = profiles;
        foreach (var test in indicators.SelectMany(static indicator => indicator.Alternatives).SelectMany(static tests => tests))
        {
            foreach (var key in test.Keys)
            {
                _users.TryAdd((test.Attribute, key), []);
            }
        }
    }

    /// <summary>For each indicator the accounts it holds for while it is valid, ascending.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<int>>> FindAsync(
        ClickHouseEngine engine,
        AccountProfiles profiles,
        IReadOnlyList<PartnerIndicator> indicators,
        long throughMs,
        CancellationToken cancellationToken)
    {
        var search = new IndicatorSearch(profiles, indicators);
        search.ReadProfiles();
        await search.ReadAsync(engine, IndicatorAttribute.AutonomousSystem, "asn", throughMs, cancellationToken).ConfigureAwait(false);
        await search.ReadAsync(engine, IndicatorAttribute.Agent, "agent", throughMs, cancellationToken).ConfigureAwait(false);
        return [.. indicators.Select(search.Holders)];
    }

    private void ReadProfiles()
    {
        for (var account = 0; account < _profiles.Count; account++)
        {
            Note(IndicatorAttribute.Account, _profiles[account].Account, account);
            Note(IndicatorAttribute.EmailDomain, _profiles[account].EmailDomain, account);
        }

        foreach (var use in _profiles.Clients)
        {
            Note(IndicatorAttribute.Address, use.Address, use.Account);
            Note(IndicatorAttribute.Network, use.Network, use.Account);
        }
    }

    private async Task ReadAsync(
        ClickHouseEngine engine, IndicatorAttribute attribute, string column, long throughMs, CancellationToken cancellationToken)
    {
        var keys = _users.Keys.Where(key => key.Attribute == attribute).Select(static key => key.Key).Order().ToList();
        if (keys.Count == 0)
        {
            return;
        }

        var name = SqlIdentifier.Of(column);
        var query = Sql.Format(
            $"""
            SELECT account, toUInt64({name}) AS value FROM interactions WHERE {name} IN ({keys}) AND time <= {throughMs}
            GROUP BY account, value
            """);
        await using var rows = await engine.QueryAsync(query, null, cancellationToken).ConfigureAwait(false);
        while (rows.Read())
        {
            var (account, value) = (_profiles.IndexOf(rows.UInt64()), rows.UInt64());
            if (account >= 0)
            {
                Note(attribute, value, account);
            }
        }
    }

    private void Note(IndicatorAttribute attribute, ulong key, int account)
    {
        if (key != 0 && _users.TryGetValue((attribute, key), out var users))
        {
            users.Add(account);
        }
    }

    private List<int> Holders(PartnerIndicator indicator) => indicator.Alternatives.SelectMany(Holders).Distinct()
        .Where(account => WasActive(account, indicator)).Order().ToList();

    private IEnumerable<int> Holders(IReadOnlyList<IndicatorTest> tests)
    {
        HashSet<int>? all = null;
        foreach (var test in tests)
        {
            var users = test.Keys.SelectMany(key => _users[(test.Attribute, key)]);
            if (all is null)
            {
                all = [.. users];
            }
            else
            {
                all.IntersectWith(users);
            }
        }

        return all ?? [];
    }

    /// <summary>Whether the account did anything while the indicator was valid.</summary>
    private bool WasActive(int account, PartnerIndicator indicator) =>
        _profiles[account].LastMs >= indicator.ValidFrom.ToUnixTimeMilliseconds()
        && (indicator.ValidUntil is not { } end || _profiles[account].FirstMs < end.ToUnixTimeMilliseconds());
}
