using System.Runtime.InteropServices;
using Stillwatch.Store.Engine;
using Stillwatch.Store.Schema;

namespace Stillwatch.Store.Ingestion;

/// <summary>
/// Puts blocks into the store: leaves out what is stored already, writes the texts behind new hashes, then the rows as one batch. One
/// block at a time.
/// </summary>
/// <remarks>
/// Labels go before the rows that use them, so a kill leaves at worst labels without rows; and they go even if all rows of the block are
/// stored, as an encoder hands each over once, for rows of later blocks too. A kill within the insert leaves the rows of
/// some days; the next read of the same input finds these and adds the others under a new batch.
/// </remarks>
internal sealed class BlockCommitter(ClickHouseEngine engine, WriterState state) : IDisposable
{
    private const int BatchColumn = 0;

    private static readonly QuerySettings InsertSettings = QuerySettings.None
        .WithOptional("optimize_on_insert", 0)
        .WithOptional("max_partitions_per_insert_block", 0);

    private readonly StoredKeys _stored = new(engine, state);
    private readonly EncodedRows _fresh = new();
    private readonly LabelBlock _labels = new(engine, state.Labels);

    /// <summary>Stores a block.</summary>
    /// <param name="block">Rows of different keys; it may be emptied once this returns.</param>
    /// <param name="cancellationToken">Ends the look for what is stored already; once rows are on their way, they are all written.</param>
    public async Task<CommittedBlock> CommitAsync(EncodedRows block, CancellationToken cancellationToken)
    {
        var known = await _stored.FindAsync(block, cancellationToken).ConfigureAwait(false);
        await WriteLabelsAsync(block.Labels).ConfigureAwait(false);
        var fresh = Without(block, known);
        if (fresh.Heads.Count == 0)
        {
            return new(0, block.Heads.Count, state.Batches.Last);
        }

        var batch = await state.Batches.NextAsync(cancellationToken).ConfigureAwait(false);
        fresh.Block.Fill(BatchColumn, batch);
        await engine.InsertAsync(StoreTables.Interactions.Name, fresh.Block, InsertSettings, CancellationToken.None).ConfigureAwait(false);
        await CommittedBatches.AddAsync(engine, batch).ConfigureAwait(false);
        Remember(fresh.Heads);
        return new(fresh.Heads.Count, known.Count, batch);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _fresh.Dispose();
        _labels.Dispose();
    }

    private EncodedRows Without(EncodedRows block, List<int> known)
    {
        if (known.Count == 0)
        {
            return block;
        }

        _fresh.Clear();
        _fresh.Append(block, .., CollectionsMarshal.AsSpan(known));
        return _fresh;
    }

    private async Task WriteLabelsAsync(List<Label> labels)
    {
        foreach (var label in labels)
        {
            _labels.Add(label);
        }

        await _labels.WriteAsync().ConfigureAwait(false);
    }

    private void Remember(List<RowHead> heads)
    {
        foreach (var head in heads)
        {
            state.Days.Add(head.ObservedAtMs);
            state.Recent.Add(head.Key, head.ObservedAtMs);
        }
    }
}
