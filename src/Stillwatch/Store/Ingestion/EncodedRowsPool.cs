using System.Collections.Concurrent;

namespace Stillwatch.Store.Ingestion;

/// <summary>Rows to be filled again. What a chunk of long texts made large is not kept.</summary>
internal sealed class EncodedRowsPool : IDisposable
{
    private const long MaxKeptBytes = 8 << 20;

    private readonly ConcurrentBag<EncodedRows> _free = [];

    public EncodedRows Rent() => _free.TryTake(out var rows) ? rows : new();

    public void Return(EncodedRows rows)
    {
        if (rows.Block.ByteCount > MaxKeptBytes)
        {
            rows.Dispose();
            return;
        }

        rows.Clear();
        _free.Add(rows);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_free.TryTake(out var rows))
        {
            rows.Dispose();
        }
    }
}
