using Stillwatch.Profiles;
using Stillwatch.Store.Engine;
using Stillwatch.Store.RollUps;

namespace Stillwatch.Coordination;

/// <summary>Reads the graph of who repeats the same phrases, system prompts and tool sets.</summary>
internal static class TemplateGraphReader
{
    /// <summary>Something an account repeats in fewer of its interactions than this share is no habit of its.</summary>
    private const double MinShare = 0.02;

    /// <summary>Reads the graph of all accounts.</summary>
    public static async Task<SharingGraph> ReadAsync(
        ClickHouseEngine engine, RollUpState state, AccountProfiles profiles, AccountParties parties, CancellationToken cancellationToken)
    {
        var builder = new SharingGraphBuilder(parties);
        var query = Sql.Format(
            $"""
            SELECT account, kind, value, interactions FROM account_phrases WHERE {RollUp.LatestPhrases(state)}
            ORDER BY account, kind, value
            """);
        await using var rows = await engine.QueryAsync(query, null, cancellationToken).ConfigureAwait(false);
        while (rows.Read())
        {
            var (account, kind, value, uses) = (rows.UInt64(), (SharedValueKind)rows.UInt8(), rows.UInt64(), rows.UInt64());
            var index = profiles.IndexOf(account);
            if (index >= 0 && uses >= MinShare * profiles[index].Interactions)
            {
                builder.Add(new ValueSighting(index, kind, value, Math.Min(1, (float)uses / profiles[index].Interactions)));
            }
        }

        return builder.Build();
    }
}
