using Stillwatch.Store.Engine;

namespace Stillwatch.Store.Ingestion;

/// <summary>
/// What the one writer of a store knows of its content. Thrown away and read again whenever the outcome of an insert is unknown.
/// </summary>
internal sealed class WriterState
{
    private const int RecentCapacity = 1 << 20;
    private const int LabelCapacity = 1 << 23;

    private WriterState(BatchNumbers batches, StoredDays days)
    {
        (Batches, Days) = (batches, days);
        Recent = new(RecentCapacity, days.Last);
    }

    /// <summary>Gives out the numbers of batches.</summary>
    public BatchNumbers Batches { get; }

    /// <summary>When anything is stored.</summary>
    public StoredDays Days { get; }

    /// <summary>What was stored last.</summary>
    public RecentKeys Recent { get; }

    /// <summary>Labels that need not be written again.</summary>
    public LabelSet Labels { get; } = new(LabelCapacity);

    /// <summary>Whether the store's content changed otherwise, so that this must be read again.</summary>
    public bool IsStale { get; set; }

    /// <summary>Reads the store.</summary>
    public static async Task<WriterState> LoadAsync(ClickHouseEngine engine, CancellationToken cancellationToken)
    {
        await CommittedBatches.AdoptAsync(engine, cancellationToken).ConfigureAwait(false);
        var state = new WriterState(
            await BatchNumbers.LoadAsync(engine, cancellationToken).ConfigureAwait(false),
            await StoredDays.LoadAsync(engine, cancellationToken).ConfigureAwait(false));
        await state.LoadLabelsAsync(engine, cancellationToken).ConfigureAwait(false);
        return state;
    }

    /// <summary>Knowing the labels saves writing them again; more than fit are not worth the reading.</summary>
    private async Task LoadLabelsAsync(ClickHouseEngine engine, CancellationToken cancellationToken)
    {
        var query = Sql.Format($"SELECT hash FROM labels LIMIT {LabelCapacity / 2}");
        await using var rows = await engine.QueryAsync(query, null, cancellationToken).ConfigureAwait(false);
        while (rows.Read())
        {
            Labels.Add(rows.UInt64());
        }
    }
}
