namespace Stillwatch.Benchmarks.Detection.Metrics;

/// <summary>A table in Markdown: the first column is text, the others are figures.</summary>
/// <param name="columns">The heads.</param>
internal sealed class MarkdownTable(params string[] columns)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row.</summary>
    /// <exception cref="ArgumentException">It has another number of cells than the table has columns.</exception>
    public void Add(params string[] cells)
    {
        if (cells.Length != columns.Length)
        {
            throw new ArgumentException($"The table has {columns.Length} columns; the row has {cells.Length} cells.", nameof(cells));
        }

        _rows.Add(cells);
    }

    /// <summary>Writes the table.</summary>
    public void Write(TextWriter writer)
    {
        writer.WriteLine($"| {string.Join(" | ", columns)} |");
        writer.WriteLine($"| --- |{string.Concat(Enumerable.Repeat(" ---: |", columns.Length - 1))}");
        foreach (var row in _rows)
        {
            writer.WriteLine($"| {string.Join(" | ", row.Select(static cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |");
        }

        writer.WriteLine();
    }
}
