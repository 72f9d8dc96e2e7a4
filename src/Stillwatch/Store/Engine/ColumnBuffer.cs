using System.Text;

namespace Stillwatch.Store.Engine;

/// <summary>One column's values as the format Native has them: an array's ends first, then the values without gaps.</summary>
internal sealed class ColumnBuffer(Column column) : IDisposable
{
    /// <summary>For arrays: where each row's values end, counted in values, as UInt64.</summary>
    internal PooledBytes Ends = new();

    /// <summary>The values.</summary>
    internal PooledBytes Values = new();

    /// <summary>Values in all arrays so far.</summary>
    internal ulong Elements;

    private (int Ends, int Values, ulong Elements) _rowStart;

    internal Column Column { get; } = column;

    /// <summary>Name and type as Native has them in front of the values.</summary>
    internal byte[] Header { get; } = Named(column);

    internal long Length => (long)Ends.Length + Values.Length;

    public void Dispose()
    {
        Ends.Dispose();
        Values.Dispose();
    }

    /// <summary>Keeps what was written; what follows belongs to the next row.</summary>
    internal void EndRow() => _rowStart = (Ends.Length, Values.Length, Elements);

    /// <summary>Forgets what was written since <see cref="EndRow"/>.</summary>
    internal void DiscardRow()
    {
        Ends.Truncate(_rowStart.Ends);
        Values.Truncate(_rowStart.Values);
        Elements = _rowStart.Elements;
    }

    internal void Clear()
    {
        _rowStart = default;
        DiscardRow();
    }

    private static byte[] Named(Column column)
    {
        var header = new PooledBytes();
        header.Prefixed(Encoding.UTF8.GetBytes(column.Name.Name));
        header.Prefixed(Encoding.UTF8.GetBytes(column.Type.ToString()));
        var bytes = header.Memory.ToArray();
        header.Dispose();
        return bytes;
    }

    /// <summary>Adds the values of some rows of a column of the same type.</summary>
    /// <param name="other">Stays as it is.</param>
    /// <param name="rows">Its rows from the first to before the second.</param>
    /// <param name="skipped">The rows among these to leave out, ascending.</param>
    internal void Append(ColumnBuffer other, (int From, int To) rows, ReadOnlySpan<int> skipped)
    {
        var cursor = new ColumnCursor(other);
        cursor.MoveTo(rows.From);
        foreach (var row in skipped)
        {
            AppendUpTo(row, ref cursor);
            cursor.MoveTo(row + 1);
        }

        AppendUpTo(rows.To, ref cursor);
        EndRow();
    }

    private void AppendUpTo(int row, ref ColumnCursor cursor)
    {
        var (start, elements) = (cursor.Position, cursor.Element);
        for (var next = cursor.Row; cursor.IsArray && next < row; next++)
        {
            Ends.UInt64(Elements + cursor.EndOf(next) - elements);
        }

        cursor.MoveTo(row);
        Elements += cursor.Element - elements;
        var values = cursor.Values[start..cursor.Position];
        values.CopyTo(Values.Extend(values.Length));
    }
}
