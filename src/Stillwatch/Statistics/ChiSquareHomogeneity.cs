namespace Stillwatch.Statistics;

/// <summary>Tests whether groups have the same proportions of categories.</summary>
/// <remarks>
/// Pearson 1900. The permutation p-value is exact given the margins, whatever the counts; the asymptotic one needs expected counts of about
/// five and more (Cochran 1954). For two by two <see cref="HypergeometricTail"/> is exact and needs no draws. Stateless; safe from any
/// thread.
/// </remarks>
public static class ChiSquareHomogeneity
{
    /// <summary>The largest number of members that are permuted.</summary>
    public const int MaxPermutedTotal = 10_000_000;

    /// <summary>The test by the chi-square distribution: approximate, and wrong for small expected counts.</summary>
    public static HomogeneityResult Asymptotic(ContingencyTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var degrees = DegreesOfFreedom(table);
        return Result(table, degrees == 0 ? PValue.One : ChiSquareTail.AtLeast(Statistic(table), degrees));
    }

    /// <summary>The test by assigning the members' categories anew in random order, both margins kept.</summary>
    /// <param name="table">At most <see cref="MaxPermutedTotal"/> members; each draw takes time in proportion.</param>
    /// <param name="draws">At least 1; the p-value is at least 1/(draws + 1).</param>
    /// <param name="seed">The seed of the assignments.</param>
    /// <exception cref="ArgumentOutOfRangeException">The table has too many members, or there is no draw.</exception>
    public static HomogeneityResult Permutation(ContingencyTable table, int draws, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(table.Total, MaxPermutedTotal, nameof(table));
        var columns = ColumnsOfMembers(table);
        var cells = new long[table.Cells.Length];
        var result = RandomizationTest.Run(SquaredShares(table.Cells, table), Draw, draws, seed);
        return Result(table, result.PValue);

        double Draw(ref SeededGenerator generator)
        {
            generator.Shuffle<int>(columns);
            Tabulate(columns, table, cells);
            return SquaredShares(cells, table);
        }
    }

    private static HomogeneityResult Result(ContingencyTable table, PValue p)
    {
        var statistic = Statistic(table);
        var smallest = Math.Min(NonEmpty(table.RowTotals), NonEmpty(table.ColumnTotals)) - 1;
        return new(statistic, DegreesOfFreedom(table), smallest <= 0 ? 0 : Math.Sqrt(statistic / table.Total / smallest), p);
    }

    private static double Statistic(ContingencyTable table)
    {
        var sum = 0.0;
        for (var i = 0; i < table.Cells.Length; i++)
        {
            var (row, column) = Math.DivRem(i, table.Columns);
            var expected = (double)table.RowTotals[row] * table.ColumnTotals[column] / table.Total;
            sum += expected > 0 ? (table.Cells[i] - expected) * (table.Cells[i] - expected) / expected : 0;
        }

        return sum;
    }

    /// <summary>
    /// Sum of count^2 / (row total x column total), which orders tables of the same margins as Pearson's statistic does: statistic/n + 1.
    /// Being at least 1, it has rounding errors far below the slack for ties.
    /// </summary>
    private static double SquaredShares(ReadOnlySpan<long> cells, ContingencyTable table)
    {
        var sum = 0.0;
        for (var i = 0; i < cells.Length; i++)
        {
            var (row, column) = Math.DivRem(i, table.Columns);
            sum += cells[i] == 0 ? 0 : (double)cells[i] / table.RowTotals[row] * cells[i] / table.ColumnTotals[column];
        }

        return sum;
    }

    private static int[] ColumnsOfMembers(ContingencyTable table)
    {
        var columns = new int[table.Total];
        var next = 0;
        for (var column = 0; column < table.Columns; column++)
        {
            var count = (int)table.ColumnTotals[column];
            columns.AsSpan(next, count).Fill(column);
            next += count;
        }

        return columns;
    }

    /// <summary>Counts the cells when the members of the first row come first, then those of the second, and so on.</summary>
    private static void Tabulate(int[] columns, ContingencyTable table, long[] cells)
    {
        Array.Clear(cells);
        var next = 0;
        for (var row = 0; row < table.Rows; row++)
        {
            for (var end = next + table.RowTotals[row]; next < end; next++)
            {
                cells[row * table.Columns + columns[next]]++;
            }
        }
    }

    private static int DegreesOfFreedom(ContingencyTable table) =>
        Math.Max(0, NonEmpty(table.RowTotals) - 1) * Math.Max(0, NonEmpty(table.ColumnTotals) - 1);

    private static int NonEmpty(ReadOnlySpan<long> totals) => totals.Length - totals.Count(0L);
}
