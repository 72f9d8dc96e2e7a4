using System.Globalization;

namespace Stillwatch.Store.Engine;

/// <summary>The type of a column of a <see cref="ColumnBlock"/>, a few of ClickHouse's.</summary>
public readonly record struct ColumnType
{
    private ColumnType(ColumnKind kind, int width, ColumnKind element = ColumnKind.None) => (Kind, Width, Element) = (kind, width, element);

    /// <summary>0 to 255.</summary>
    public static ColumnType UInt8 => new(ColumnKind.UInt8, sizeof(byte));

    /// <summary>0 to 65,535.</summary>
    public static ColumnType UInt16 => new(ColumnKind.UInt16, sizeof(ushort));

    /// <summary>0 to 2^32 - 1.</summary>
    public static ColumnType UInt32 => new(ColumnKind.UInt32, sizeof(uint));

    /// <summary>0 to 2^64 - 1.</summary>
    public static ColumnType UInt64 => new(ColumnKind.UInt64, sizeof(ulong));

    /// <summary>-2^31 to 2^31 - 1.</summary>
    public static ColumnType Int32 => new(ColumnKind.Int32, sizeof(int));

    /// <summary>-2^63 to 2^63 - 1.</summary>
    public static ColumnType Int64 => new(ColumnKind.Int64, sizeof(long));

    /// <summary>IEEE 754, four bytes.</summary>
    public static ColumnType Float32 => new(ColumnKind.Float32, sizeof(float));

    /// <summary>IEEE 754, eight bytes.</summary>
    public static ColumnType Float64 => new(ColumnKind.Float64, sizeof(double));

    /// <summary>Bytes of any length; also for a table's column of LowCardinality(String).</summary>
    public static ColumnType String => new(ColumnKind.String, 0);

    internal ColumnKind Kind { get; }

    /// <summary>Bytes of a value, 0 where values differ.</summary>
    internal int Width { get; }

    internal ColumnKind Element { get; }

    /// <summary>Exactly so many bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The width is not 1 to 65,536.</exception>
    public static ColumnType FixedString(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, ushort.MaxValue + 1);
        return new(ColumnKind.FixedString, width);
    }

    /// <summary>Any number of values of a type that is itself a number or <see cref="String"/>.</summary>
    /// <exception cref="ArgumentException">The element type is another.</exception>
    public static ColumnType Array(ColumnType element) => element.Kind is ColumnKind.None or ColumnKind.Array or ColumnKind.FixedString
        ? throw new ArgumentException($"Arrays of {element} are not supported; arrays of numbers and strings are.", nameof(element))
        : new(ColumnKind.Array, element.Width, element.Kind);

    /// <summary>The name in ClickHouse, such as <c>Array(UInt64)</c>.</summary>
    public override string ToString() => Kind switch
    {
        ColumnKind.FixedString => string.Create(CultureInfo.InvariantCulture, $"FixedString({Width})"),
        ColumnKind.Array => $"Array({Element})",
        _ => Kind.ToString(),
    };
}
