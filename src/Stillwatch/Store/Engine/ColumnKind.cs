namespace Stillwatch.Store.Engine;

/// <summary>What a <see cref="ColumnType"/> is, parameters aside; the names are ClickHouse's.</summary>
internal enum ColumnKind : byte
{
    /// <summary>Not set.</summary>
    None,
    UInt8,
    UInt16,
    UInt32,
    UInt64,
    Int32,
    Int64,
    Float32,
    Float64,
    String,
    FixedString,
    Array,
}
