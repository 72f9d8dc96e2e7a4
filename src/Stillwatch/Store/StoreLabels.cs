using Stillwatch.Store.Engine;

namespace Stillwatch.Store;

/// <summary>Finds the texts behind stored hashes.</summary>
internal sealed class StoreLabels(ClickHouseEngine engine)
{
    private const int HashesAStatement = 8192;

    /// <summary>The texts of all hashes that have one.</summary>
    public async Task<IReadOnlyDictionary<ulong, string>> FindAsync(
        LabelKind kind, IEnumerable<ulong> hashes, CancellationToken cancellationToken)
    {
        var texts = new Dictionary<ulong, string>();
        foreach (var some in hashes.Distinct().Chunk(HashesAStatement))
        {
            var query = Sql.Format($"SELECT hash, text FROM labels WHERE kind = {(int)kind} AND hash IN ({some})");
            await using var rows = await engine.QueryAsync(query, null, cancellationToken).ConfigureAwait(false);
            while (rows.Read())
            {
                texts[rows.UInt64()] = rows.Text();
            }
        }

        return texts;
    }
}
