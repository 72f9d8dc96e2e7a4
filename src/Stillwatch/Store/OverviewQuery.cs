using Stillwatch.Store.Engine;

namespace Stillwatch.Store;

/// <summary>Asks a store what it holds.</summary>
internal sealed class OverviewQuery(InteractionStore store)
{
    private static readonly Sql Content = Sql.Of(
        "SELECT count(), uniqExact(account), uniqExact(day), min(time), max(time), uniqExact(batch) FROM interactions");

    private static readonly Sql Disk = Sql.Of(
        """
        SELECT sum(bytes_on_disk), sumIf(bytes_on_disk, table = 'interactions')
        FROM system.parts WHERE active AND database = currentDatabase()
        """);

    /// <summary>Asks.</summary>
    public async Task<StoreOverview> RunAsync(CancellationToken cancellationToken)
    {
        await using var content = await store.Engine.QueryAsync(Content, null, cancellationToken).ConfigureAwait(false);
        content.Read();
        var interactions = (long)content.UInt64();
        var (accounts, days) = ((long)content.UInt64(), (long)content.UInt64());
        var (first, last, batches) = (content.Int64(), content.Int64(), (long)content.UInt64());
        var (bytes, interactionBytes) = await AskDiskAsync(cancellationToken).ConfigureAwait(false);
        return new(
            store.Engine.Address.ToString(),
            store.Engine.Address.IsEmbedded,
            store.Engine.Capabilities.Version,
            store.SchemaVersion,
            store.Content.ToString(),
            interactions,
            accounts,
            await CountRegistrationsAsync(cancellationToken).ConfigureAwait(false),
            days,
            interactions == 0 ? null : first,
            interactions == 0 ? null : last,
            batches,
            bytes,
            interactionBytes);
    }

    private async Task<(long All, long Interactions)> AskDiskAsync(CancellationToken cancellationToken)
    {
        await using var rows = await store.Engine.QueryAsync(Disk, null, cancellationToken).ConfigureAwait(false);
        return rows.Read() ? ((long)rows.UInt64(), (long)rows.UInt64()) : default;
    }

    private async Task<long> CountRegistrationsAsync(CancellationToken cancellationToken)
    {
        var query = Sql.Of("SELECT uniqExact(account) FROM registrations");
        await using var rows = await store.Engine.QueryAsync(query, null, cancellationToken).ConfigureAwait(false);
        return rows.Read() ? (long)rows.UInt64() : 0;
    }
}
