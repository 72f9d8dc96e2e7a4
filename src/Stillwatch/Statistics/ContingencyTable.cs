namespace Stillwatch.Statistics;

/// <summary>Counts of members by two classifications: rows are groups, columns are categories.</summary>
public sealed class ContingencyTable
{
    private readonly long[] _cells;
    private readonly long[] _rowTotals;
    private readonly long[] _columnTotals;

    /// <param name="columns">Number of columns, at least 1.</param>
    /// <param name="cells">The counts row by row, each at least 0; their number is a multiple of the columns.</param>
    /// <exception cref="ArgumentException">There is no cell, or the number of cells is no multiple of the columns.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or there is no column.</exception>
    public ContingencyTable(int columns, ReadOnlySpan<long> cells)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        Argument.ThrowIfEmpty(cells.Length, nameof(cells));
        if (cells.Length % columns != 0)
        {
            throw new ArgumentException($"A multiple of {columns} cells is needed; there are {cells.Length}.", nameof(cells));
        }

        (Columns, Rows) = (columns, cells.Length / columns);
        _cells = cells.ToArray();
        (_rowTotals, _columnTotals) = (new long[Rows], new long[Columns]);
        for (var i = 0; i < cells.Length; i++)
        {
            Argument.ThrowIfNotCount(cells[i], Argument.MaxCount, nameof(cells));
            _rowTotals[i / columns] += cells[i];
            _columnTotals[i % columns] += cells[i];
            Total += cells[i];
        }
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Number of members.</summary>
    public long Total { get; }

    /// <summary>The members in each row.</summary>
    public ReadOnlySpan<long> RowTotals => _rowTotals;

    /// <summary>The members in each column.</summary>
    public ReadOnlySpan<long> ColumnTotals => _columnTotals;

    /// <summary>The counts row by row.</summary>
    public ReadOnlySpan<long> Cells => _cells;

    /// <summary>The count of one cell.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such cell.</exception>
    public long this[int row, int column]
    {
        get
        {
            Argument.ThrowIfNotCount(row, Rows - 1);
            Argument.ThrowIfNotCount(column, Columns - 1);
            return _cells[row * Columns + column];
        }
    }
}
