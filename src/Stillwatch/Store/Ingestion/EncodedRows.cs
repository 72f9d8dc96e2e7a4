using System.Runtime.InteropServices;
using Stillwatch.Store.Engine;
using Stillwatch.Store.Schema;

namespace Stillwatch.Store.Ingestion;

/// <summary>Interactions as rows of the raw table, the batch left open. One writes at a time.</summary>
internal sealed class EncodedRows : IDisposable
{
    /// <summary>The rows' values.</summary>
    public ColumnBlock Block { get; } = new([.. StoreTables.Interactions.Written]);

    /// <summary>One entry a row.</summary>
    public List<RowHead> Heads { get; } = [];

    /// <summary>Texts behind the hashes in the rows, save those that the encoder handed over lately.</summary>
    public List<Label> Labels { get; } = [];

    /// <summary>Adds rows of another; its labels are left to the caller.</summary>
    /// <param name="other">Stays as it is.</param>
    /// <param name="rows">Which of its rows.</param>
    /// <param name="skipped">Rows among these to leave out, ascending.</param>
    public void Append(EncodedRows other, Range rows, ReadOnlySpan<int> skipped)
    {
        Block.Append(other.Block, rows, skipped);
        var (from, count) = rows.GetOffsetAndLength(other.Heads.Count);
        var end = from + count;
        foreach (var row in skipped)
        {
            AppendHeads(other, from, row);
            from = row + 1;
        }

        AppendHeads(other, from, end);
    }

    /// <summary>Makes it empty.</summary>
    public void Clear()
    {
        Block.Clear();
        Heads.Clear();
        Labels.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => Block.Dispose();

    private void AppendHeads(EncodedRows other, int from, int to) =>
        Heads.AddRange(CollectionsMarshal.AsSpan(other.Heads)[from..to]);
}
