using Stillwatch.Store.Engine;

namespace Stillwatch.Store.Ingestion;

/// <summary>Up to which batch everything is stored that ever will be.</summary>
internal static class CommittedBatches
{
    /// <summary>The last such batch; 0 before the first.</summary>
    public static async Task<uint> LastAsync(ClickHouseEngine engine, CancellationToken cancellationToken)
    {
        await using var rows = await engine.QueryAsync(Sql.Of("SELECT max(last) FROM commits"), null, cancellationToken)
            .ConfigureAwait(false);
        return rows.Read() ? rows.UInt32() : 0;
    }

    /// <summary>Notes that a batch is stored.</summary>
    public static Task AddAsync(ClickHouseEngine engine, uint batch) =>
        engine.ExecuteAsync(Sql.Format($"INSERT INTO commits (last) SELECT toUInt32({batch})"), null, CancellationToken.None);

    /// <summary>
    /// Notes what a writer that was killed left: nobody completes its batches, so they are what they are. Only for who knows that nobody
    /// else writes.
    /// </summary>
    public static async Task AdoptAsync(ClickHouseEngine engine, CancellationToken cancellationToken)
    {
        var query = Sql.Of("SELECT max(batch) FROM interactions");
        await using var rows = await engine.QueryAsync(query, null, cancellationToken).ConfigureAwait(false);
        var stored = rows.Read() ? rows.UInt32() : 0;
        if (stored > await LastAsync(engine, cancellationToken).ConfigureAwait(false))
        {
            await AddAsync(engine, stored).ConfigureAwait(false);
        }
    }
}
