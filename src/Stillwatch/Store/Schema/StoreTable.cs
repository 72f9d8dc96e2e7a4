using Stillwatch.Store.Engine;

namespace Stillwatch.Store.Schema;

/// <summary>A table of the store as it is created.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Written">The columns that writers fill, in their order.</param>
/// <param name="Engine">The engine clause up to the sorting key.</param>
internal sealed record StoreTable(SqlIdentifier Name, IReadOnlyList<Column> Written, Sql Engine)
{
    /// <summary>The definition of a column that follows from the others and that no writer fills; empty for none.</summary>
    public Sql Derived { get; init; }

    /// <summary>The statement that creates it unless it exists, compressed better where the version can.</summary>
    public Sql Create(EngineCapabilities capabilities)
    {
        var columns = Written
            .Select(column => Sql.Format($"{column.Name} {TypeOf(column)}") + Codec(capabilities, IsSketch(column))).ToList();
        if (Derived != default)
        {
            columns.Add(Derived + Codec(capabilities, isSketch: false));
        }

        return Sql.Format($"CREATE TABLE IF NOT EXISTS {Name} ({Sql.Join(", ", columns)}) ENGINE = {Engine}");
    }

    /// <summary>Of sketches the better codec saves a twentieth and costs a third more to read.</summary>
    private static Sql Codec(EngineCapabilities capabilities, bool isSketch) =>
        !capabilities.HasColumnCodecs ? default : isSketch ? Sql.Of(" CODEC(LZ4)") : Sql.Of(" CODEC(ZSTD(1))");

    /// <summary>Sketches are the arrays of hashes.</summary>
    private static bool IsSketch(Column column) => column.Type.Kind == ColumnKind.Array;

    private static Sql TypeOf(Column column) => new(column.Type.ToString());
}
