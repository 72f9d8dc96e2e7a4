using Stillwatch.Store.Engine;
using Stillwatch.Store.Schema;

namespace Stillwatch.Store.Ingestion;

/// <summary>Collects the labels that the store does not hold, and writes them.</summary>
internal sealed class LabelBlock(ClickHouseEngine engine, LabelSet known) : IDisposable
{
    private readonly ColumnBlock _rows = new([.. StoreTables.Labels.Written]);

    /// <summary>Takes a label, unless the store has it.</summary>
    public void Add(in Label label)
    {
        if (known.Add(label.Hash))
        {
            _rows.UInt8((byte)label.Kind);
            _rows.UInt64(label.Hash);
            _rows.String(label.ToString());
            _rows.EndRow();
        }
    }

    /// <summary>Writes what was taken. Not to be cancelled: what was taken counts as known.</summary>
    public async Task WriteAsync()
    {
        await engine.InsertAsync(StoreTables.Labels.Name, _rows, null, CancellationToken.None).ConfigureAwait(false);
        _rows.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => _rows.Dispose();
}
