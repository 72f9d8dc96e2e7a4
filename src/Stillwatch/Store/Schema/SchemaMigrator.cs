using Stillwatch.Store.Engine;

namespace Stillwatch.Store.Schema;

/// <summary>Brings a store to the schema of this program.</summary>
/// <param name="engine">The store.</param>
/// <param name="migrations">All steps, ascending by version.</param>
internal sealed class SchemaMigrator(ClickHouseEngine engine, IReadOnlyList<Migration> migrations)
{
    /// <summary>Takes the steps that the store has not finished.</summary>
    /// <returns>The version it has now.</returns>
    /// <exception cref="StoreUnavailableException">A newer program made or changed the store.</exception>
    public async Task<uint> MigrateAsync(CancellationToken cancellationToken)
    {
        await engine.ExecuteAsync(StoreTables.SchemaVersions.Create(engine.Capabilities), null, cancellationToken).ConfigureAwait(false);
        var found = await ReadVersionAsync(cancellationToken).ConfigureAwait(false);
        var present = migrations[^1].Version;
        if (found > present)
        {
            throw new StoreUnavailableException(
                $"The store {engine.Address} has schema version {found}, which a newer Stillwatch wrote; " +
                $"this one knows versions up to {present}. Use the newer Stillwatch, or another store.");
        }

        foreach (var migration in migrations.Where(migration => migration.Version > found))
        {
            await TakeAsync(migration, cancellationToken).ConfigureAwait(false);
        }

        return present;
    }

    private async Task TakeAsync(Migration migration, CancellationToken cancellationToken)
    {
        foreach (var statement in migration.Statements(engine.Capabilities))
        {
            await engine.ExecuteAsync(statement, null, cancellationToken).ConfigureAwait(false);
        }

        var reached = Sql.Format($"INSERT INTO schema_versions (version) SELECT toUInt32({migration.Version})");
        await engine.ExecuteAsync(reached, null, cancellationToken).ConfigureAwait(false);
    }

    private async Task<uint> ReadVersionAsync(CancellationToken cancellationToken)
    {
        var query = Sql.Of("SELECT max(version) FROM schema_versions");
        await using var rows = await engine.QueryAsync(query, null, cancellationToken).ConfigureAwait(false);
        return rows.Read() ? rows.UInt32() : 0;
    }
}
