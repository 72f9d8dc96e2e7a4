using Stillwatch.Interactions;
using Stillwatch.Store.Engine;

namespace Stillwatch.Store.Schema;

/// <summary>What a store was made with and must keep to.</summary>
internal sealed class StoreSettings(ClickHouseEngine engine)
{
    private const string ContentName = "content";

    /// <summary>The store's content policy; a store that has none yet takes the wanted one.</summary>
    /// <exception cref="StoreUnavailableException">Another policy is wanted than the store has.</exception>
    public async Task<ContentPolicy> AgreeOnContentAsync(ContentPolicy? wanted, CancellationToken cancellationToken)
    {
        if (await ReadAsync(ContentName, cancellationToken).ConfigureAwait(false) is not { } text)
        {
            var chosen = wanted ?? ContentPolicy.Default;
            var remember = Sql.Format($"INSERT INTO settings (name, value) SELECT {ContentName}, {chosen.ToString()}");
            await engine.ExecuteAsync(remember, null, cancellationToken).ConfigureAwait(false);
            return chosen;
        }

        if (!ContentPolicy.TryParse(text, out var kept, out var error))
        {
            throw new StoreUnavailableException($"The store {engine.Address} says what it keeps of texts, but {error}");
        }

        return wanted is null || wanted == kept
            ? kept
            : throw new StoreUnavailableException(
                $"The store {engine.Address} was made to keep {kept}, not {wanted}; leave --keep out, or use another store.");
    }

    private async Task<string?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var query = Sql.Format($"SELECT value FROM settings WHERE name = {name} LIMIT 1");
        await using var rows = await engine.QueryAsync(query, null, cancellationToken).ConfigureAwait(false);
        return rows.Read() ? rows.Text() : null;
    }
}
