using Stillwatch.Profiles;
using Stillwatch.Store.Engine;
using Stillwatch.Store.RollUps;

namespace Stillwatch.Coordination;

/// <summary>Reads the graph of who repeats the same phrases, system prompts and tool sets.</summary>
internal sealed class TemplateGraphReader
{
    /// <summary>Something an account repeats in fewer of its interactions than this share is no habit of its.</summary>
    private const double MinShare = 0.02;

    private readonly AccountProfiles _profiles;
    private readonly SharingGraphBuilder _builder;
    private readonly List<(SharedValueKind Kind, ulong Value, ulong Uses)> _repeated = [];
    private int _index;

    private TemplateGraphReader(AccountProfiles profiles, AccountParties parties) =>
        (_profiles, _builder) = (profiles, new SharingGraphBuilder(parties));

    /// <summary>Reads the graph of all accounts. Of an account's rows those of its latest epoch count.</summary>
    public static async Task<SharingGraph> ReadAsync(
        ClickHouseEngine engine, RollUpState state, AccountProfiles profiles, AccountParties parties, CancellationToken cancellationToken)
    {
        var query = Sql.Format(
            $"""
            SELECT account, epoch, kind, value, interactions FROM account_phrases
            WHERE epoch >= {state.Base} AND epoch <= {state.Epoch} ORDER BY account
            """);
        await using var rows = await engine.QueryAsync(query, null, cancellationToken).ConfigureAwait(false);
        var reader = new TemplateGraphReader(profiles, parties);
        var (account, latest) = (0UL, 0U);
        while (rows.Read())
        {
            var (next, epoch) = (rows.UInt64(), rows.UInt32());
            if (next != account || epoch > latest)
            {
                reader.Finish(next == account ? null : account);
                (account, latest) = (next, epoch);
            }

            var repeated = ((SharedValueKind)rows.UInt8(), rows.UInt64(), rows.UInt64());
            if (epoch == latest)
            {
                reader._repeated.Add(repeated);
            }
        }

        reader.Finish(account);
        return reader._builder.Build();
    }

    /// <summary>Adds what is collected to the graph, in an order that the rows' order does not change; of no account, forgets it.</summary>
    private void Finish(ulong? account)
    {
        if (account is { } known && _repeated.Count > 0)
        {
            while (_index < _profiles.Count && _profiles[_index].Account < known)
            {
                _index++;
            }

            if (_index < _profiles.Count && _profiles[_index].Account == known)
            {
                Add(_profiles[_index].Interactions);
            }
        }

        _repeated.Clear();
    }

    private void Add(long interactions)
    {
        _repeated.Sort();
        foreach (var (kind, value, uses) in _repeated)
        {
            if (uses >= MinShare * interactions)
            {
                _builder.Add(new ValueSighting(_index, kind, value, Math.Min(1, (float)uses / interactions)));
            }
        }
    }
}
