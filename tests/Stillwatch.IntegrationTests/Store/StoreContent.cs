using Stillwatch.Store;
using Stillwatch.Store.Engine;

namespace Stillwatch.IntegrationTests.Store;

/// <summary>All that a store holds of interactions, in a form to compare: neither the order of rows nor their batch counts.</summary>
/// <param name="Interactions">Rows.</param>
/// <param name="Keys">Different identities; less than the rows if one was stored twice.</param>
/// <param name="Checksum">Sum of the hashes of all columns' texts.</param>
/// <param name="Unnamed">Accounts, models and addresses without a label.</param>
internal sealed record StoreContent(ulong Interactions, ulong Keys, ulong Checksum, ulong Unnamed)
{
    public static async Task<StoreContent> ReadAsync(InteractionStore store)
    {
        var row = Sql.Join(", '|', ", (await ColumnsAsync(store)).Select(static column => Sql.Format($"toString({column})")));
        var totals = Sql.Format($"SELECT count(), uniqExact(key), sum(cityHash64(concat({row}))) FROM interactions");
        await using var rows = await store.Engine.QueryAsync(totals, null, TestContext.Current.CancellationToken);
        Assert.True(rows.Read());
        return new(rows.UInt64(), rows.UInt64(), rows.UInt64(), await UnnamedAsync(store));
    }

    private static async Task<List<SqlIdentifier>> ColumnsAsync(InteractionStore store)
    {
        var columns = new List<SqlIdentifier>();
        var query = Sql.Of(
            """
            SELECT name FROM system.columns
            WHERE database = currentDatabase() AND table = 'interactions' AND name != 'batch' ORDER BY name
            """);
        await using var rows = await store.Engine.QueryAsync(query, null, TestContext.Current.CancellationToken);
        while (rows.Read())
        {
            columns.Add(SqlIdentifier.Of(rows.Text()));
        }

        return columns;
    }

    private static async Task<ulong> UnnamedAsync(InteractionStore store)
    {
        var query = Sql.Of(
            """
            SELECT uniqExact(hash) FROM
            (
                SELECT arrayJoin([account, model, address, network, organization, api_key, agent, ja4, finish, operation]) AS hash
                FROM interactions
            )
            WHERE hash != 0 AND hash NOT IN (SELECT hash FROM labels)
            """);
        await using var rows = await store.Engine.QueryAsync(query, null, TestContext.Current.CancellationToken);
        return rows.Read() ? rows.UInt64() : 0;
    }
}
