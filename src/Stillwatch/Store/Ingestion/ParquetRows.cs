using Stillwatch.Interactions.Reading;
using Stillwatch.Store.Engine;

namespace Stillwatch.Store.Ingestion;

/// <summary>Reads Parquet with the engine in this process, as rows of JSON.</summary>
/// <param name="store">
/// The store's engine. If it is a server, which cannot see files of this machine, an engine in a directory of its own reads the file.
/// </param>
internal sealed class ParquetRows(ClickHouseEngine store) : IParquetRows
{
    private static readonly QuerySettings InOrder = QuerySettings.None
        .With("max_threads", 1)
        .With("date_time_output_format", "iso")
        .WithOptional("input_format_parquet_preserve_order", 1);

    /// <inheritdoc/>
    public Stream Open(InputFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var path = file.Path ?? throw new InputException($"{file.Name}: Parquet is read from files only.");
        try
        {
            return OpenAsync(path).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is ClickHouseException or StoreUnavailableException)
        {
            throw new InputException($"{file.Name}: {e.Message}", e);
        }
    }

    private async Task<Stream> OpenAsync(string path)
    {
        var own = store.Address.IsEmbedded ? null : await TemporaryEngine.OpenAsync().ConfigureAwait(false);
        try
        {
            var query = Sql.Format($"SELECT formatRow('JSONEachRow', *) FROM file({path}, 'Parquet')");
            return new RowTextStream(await (own?.Engine ?? store).QueryAsync(query, InOrder).ConfigureAwait(false), own);
        }
        catch
        {
            if (own is not null)
            {
                await own.DisposeAsync().ConfigureAwait(false);
            }

            throw;
        }
    }
}
