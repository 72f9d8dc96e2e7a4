using Stillwatch.Store.Engine;
using Stillwatch.Store.RollUps;

namespace Stillwatch.Profiles;

/// <summary>Reads the profiles of all accounts from the roll-ups and the registrations.</summary>
/// <remarks>One pass over rows ordered by account; memory grows with accounts and their ways in.</remarks>
internal sealed class AccountProfileReader
{
    private readonly ClickHouseEngine _engine;
    private readonly List<AccountProfile> _profiles = [];
    private readonly List<ClientUse> _clients = [];
    private readonly List<ModelUse> _models = [];
    private readonly List<ClientUse> _accountClients = [];
    private readonly List<ModelUse> _accountModels = [];

    private AccountProfileReader(ClickHouseEngine engine) => _engine = engine;

    /// <summary>Reads all profiles.</summary>
    public static async Task<AccountProfiles> ReadAsync(ClickHouseEngine engine, RollUpState state, CancellationToken cancellationToken)
    {
        var reader = new AccountProfileReader(engine);
        var registrations = Task.Run(() => RegistrationReader.ReadAsync(engine, cancellationToken), cancellationToken);
        await Task.WhenAll(reader.ReadClientsAsync(state, cancellationToken), registrations).ConfigureAwait(false);
        reader.Add(await registrations.ConfigureAwait(false));
        return new AccountProfiles(reader._profiles.ToArray(), reader._clients, reader._models);
    }

    private async Task ReadClientsAsync(RollUpState state, CancellationToken cancellationToken)
    {
        var query = Sql.Format(
            $"""
            SELECT account, organization, model, address, network, client, interactions, first, last
            FROM account_clients WHERE epoch >= {state.Base} AND epoch <= {state.Epoch} ORDER BY account
            """);
        await using var rows = await _engine.QueryAsync(query, null, cancellationToken).ConfigureAwait(false);
        var profile = default(AccountProfile);
        while (rows.Read())
        {
            var account = rows.UInt64();
            if (account != profile.Account || profile.Interactions == 0)
            {
                Finish(profile);
                profile = new AccountProfile { Account = account, Interactions = 0, FirstMs = long.MaxValue, LastMs = long.MinValue };
            }

            profile = Add(profile, rows);
        }

        Finish(profile);
    }

    private AccountProfile Add(in AccountProfile profile, RowBinaryReader rows)
    {
        var (organization, model) = (rows.UInt64(), rows.UInt64());
        var (address, network, client) = (rows.UInt64(), rows.UInt64(), rows.UInt64());
        var (interactions, first, last) = ((long)rows.UInt64(), rows.Int64(), rows.Int64());
        _accountClients.Add(new ClientUse(_profiles.Count, address, network, client, interactions));
        _accountModels.Add(new ModelUse(_profiles.Count, model, interactions, first));
        return profile with
        {
            Interactions = profile.Interactions + interactions,
            FirstMs = Math.Min(profile.FirstMs, first),
            LastMs = Math.Max(profile.LastMs, last),
            Organization = Math.Max(profile.Organization, organization),
        };
    }

    /// <summary>
    /// Adds an account, with each of its ways in and each of its models once, in an order that the rows' order does not change.
    /// </summary>
    private void Finish(in AccountProfile profile)
    {
        if (profile.Interactions == 0)
        {
            return;
        }

        _profiles.Add(profile);
        _accountClients.Sort(static (left, right) => Way(left).CompareTo(Way(right)));
        foreach (var use in _accountClients)
        {
            if (_clients.Count > 0 && _clients[^1].Account == use.Account && Way(_clients[^1]) == Way(use))
            {
                _clients[^1] = use with { Interactions = use.Interactions + _clients[^1].Interactions };
            }
            else
            {
                _clients.Add(use);
            }
        }

        _accountModels.Sort(static (left, right) => left.Model.CompareTo(right.Model));
        foreach (var use in _accountModels)
        {
            if (_models.Count > 0 && _models[^1].Account == use.Account && _models[^1].Model == use.Model)
            {
                var (interactions, first) = (use.Interactions + _models[^1].Interactions, Math.Min(use.FirstMs, _models[^1].FirstMs));
                _models[^1] = use with { Interactions = interactions, FirstMs = first };
            }
            else
            {
                _models.Add(use);
            }
        }

        _accountClients.Clear();
        _accountModels.Clear();
    }

    private static (ulong Address, ulong Network, ulong Client) Way(in ClientUse use) => (use.Address, use.Network, use.Client);

    /// <summary>Adds what registrations say; where an account declares organizations in both places, the registration counts.</summary>
    private void Add(List<Registration> registrations)
    {
        var index = 0;
        foreach (var registration in registrations)
        {
            while (index < _profiles.Count && _profiles[index].Account < registration.Account)
            {
                index++;
            }

            if (index < _profiles.Count && _profiles[index].Account == registration.Account)
            {
                _profiles[index] = _profiles[index] with
                {
                    CreatedMs = registration.CreatedMs,
                    Organization = registration.Organization != 0 ? registration.Organization : _profiles[index].Organization,
                    EmailDomain = registration.EmailDomain,
                    Payment = registration.Payment,
                };
            }
        }
    }
}
