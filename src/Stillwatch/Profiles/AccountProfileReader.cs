using System.Runtime.InteropServices;
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
    private readonly Dictionary<(ulong Address, ulong Network, ulong Client), long> _accountClients = [];
    private readonly Dictionary<ulong, (long Interactions, long FirstMs)> _accountModels = [];

    private AccountProfileReader(ClickHouseEngine engine) => _engine = engine;

    /// <summary>Reads all profiles.</summary>
    public static async Task<AccountProfiles> ReadAsync(ClickHouseEngine engine, RollUpState state, CancellationToken cancellationToken)
    {
        var reader = new AccountProfileReader(engine);
        await reader.ReadClientsAsync(state, cancellationToken).ConfigureAwait(false);
        await reader.ReadRegistrationsAsync(cancellationToken).ConfigureAwait(false);
        return new AccountProfiles(reader._profiles.ToArray(), reader._clients, reader._models);
    }

    private async Task ReadClientsAsync(RollUpState state, CancellationToken cancellationToken)
    {
        var query = Sql.Format(
            $"""
            SELECT account, organization, model, address, network, client, interactions, first, last
            FROM account_clients WHERE epoch >= {state.Base} AND epoch <= {state.Epoch}
            ORDER BY account, address, network, client, model, organization, first
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
        var way = (rows.UInt64(), rows.UInt64(), rows.UInt64());
        var (interactions, first, last) = ((long)rows.UInt64(), rows.Int64(), rows.Int64());
        CollectionsMarshal.GetValueRefOrAddDefault(_accountClients, way, out _) += interactions;
        ref var use = ref CollectionsMarshal.GetValueRefOrAddDefault(_accountModels, model, out var known);
        use = (use.Interactions + interactions, known ? Math.Min(use.FirstMs, first) : first);
        return profile with
        {
            Interactions = profile.Interactions + interactions,
            FirstMs = Math.Min(profile.FirstMs, first),
            LastMs = Math.Max(profile.LastMs, last),
            Organization = Math.Max(profile.Organization, organization),
        };
    }

    private void Finish(in AccountProfile profile)
    {
        if (profile.Interactions == 0)
        {
            return;
        }

        var index = _profiles.Count;
        _profiles.Add(profile);
        foreach (var (way, interactions) in _accountClients)
        {
            _clients.Add(new ClientUse(index, way.Address, way.Network, way.Client, interactions));
        }

        foreach (var (model, use) in _accountModels)
        {
            _models.Add(new ModelUse(index, model, use.Interactions, use.FirstMs));
        }

        _accountClients.Clear();
        _accountModels.Clear();
    }

    /// <summary>Adds what registrations say; where an account declares organizations in both places, the registration counts.</summary>
    private async Task ReadRegistrationsAsync(CancellationToken cancellationToken)
    {
        var query = Sql.Of(
            """
            SELECT account, argMax(created, version), argMax(organization, version), argMax(email_domain, version), argMax(payment, version)
            FROM registrations GROUP BY account ORDER BY account
            """);
        await using var rows = await _engine.QueryAsync(query, null, cancellationToken).ConfigureAwait(false);
        var index = 0;
        while (rows.Read())
        {
            var (account, created, organization) = (rows.UInt64(), rows.Int64(), rows.UInt64());
            var (domain, payment) = (rows.UInt64(), rows.UInt64());
            while (index < _profiles.Count && _profiles[index].Account < account)
            {
                index++;
            }

            if (index < _profiles.Count && _profiles[index].Account == account)
            {
                _profiles[index] = _profiles[index] with
                {
                    CreatedMs = created,
                    Organization = organization != 0 ? organization : _profiles[index].Organization,
                    EmailDomain = domain,
                    Payment = payment,
                };
            }
        }
    }
}
