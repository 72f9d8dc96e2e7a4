namespace Stillwatch.Store.Engine;

/// <summary>Asks a new connection what it can do.</summary>
internal static class CapabilitiesQuery
{
    internal static async Task<EngineCapabilities> AskAsync(ClickHouseEngine engine, CancellationToken cancellationToken)
    {
        var version = await VersionAsync(engine, cancellationToken).ConfigureAwait(false);
        var settings = new List<string>();
        var rows = await engine.QueryAsync(Sql.Of("SELECT name FROM system.settings"), null, cancellationToken).ConfigureAwait(false);
        await using (rows.ConfigureAwait(false))
        {
            while (rows.Read())
            {
                settings.Add(rows.Text());
            }
        }

        return new(version, settings);
    }

    private static async Task<Version> VersionAsync(ClickHouseEngine engine, CancellationToken cancellationToken)
    {
        var rows = await engine.QueryAsync(Sql.Of("SELECT version()"), null, cancellationToken).ConfigureAwait(false);
        await using (rows.ConfigureAwait(false))
        {
            return EngineCapabilities.ParseVersion(rows.Read() ? rows.Text() : string.Empty);
        }
    }
}
