namespace Stillwatch.Store.Engine;

/// <summary>A column that a <see cref="ColumnBlock"/> fills.</summary>
/// <param name="Name">The name in the table.</param>
/// <param name="Type">The type in the table; 18.16 takes no other, newer versions convert.</param>
public readonly record struct Column(SqlIdentifier Name, ColumnType Type)
{
    /// <summary>A column of a name that <see cref="SqlIdentifier.Of(string)"/> accepts.</summary>
    public static Column Of(string name, ColumnType type) => new(SqlIdentifier.Of(name), type);
}
