using System.Runtime.InteropServices;

namespace Stillwatch.Store.Engine;

/// <summary>Finds where the rows of a column lie in its values, going forward only.</summary>
internal ref struct ColumnCursor
{
    private readonly ReadOnlySpan<ulong> _ends;
    private readonly int _width;

    internal ColumnCursor(ColumnBuffer column)
    {
        Values = column.Values.Memory.Span;
        IsArray = column.Column.Type.Kind == ColumnKind.Array;
        _width = column.Column.Type.Width;
        _ends = MemoryMarshal.Cast<byte, ulong>(column.Ends.Memory.Span);
    }

    /// <summary>The column's values.</summary>
    internal ReadOnlySpan<byte> Values { get; }

    /// <summary>Whether a row is an array.</summary>
    internal bool IsArray { get; }

    /// <summary>The row it stands before.</summary>
    internal int Row { get; private set; }

    /// <summary>Where the row's values begin.</summary>
    internal int Position { get; private set; }

    /// <summary>How many elements of arrays, or values, lie before the row.</summary>
    internal ulong Element { get; private set; }

    /// <summary>How many elements lie before the end of an array.</summary>
    internal readonly ulong EndOf(int row) => _ends[row];

    /// <summary>Goes to a row that is not before this one.</summary>
    internal void MoveTo(int row)
    {
        var element = !IsArray ? (ulong)row : row == 0 ? 0 : _ends[row - 1];
        Position = _width > 0 ? checked((int)element * _width) : PositionOfString(element);
        (Row, Element) = (row, element);
    }

    /// <summary>Steps over strings, each its length in LEB128 and its bytes.</summary>
    private readonly int PositionOfString(ulong element)
    {
        var position = Position;
        for (var count = element - Element; count > 0; count--)
        {
            var (length, shift) = (0, 0);
            for (; Values[position] >= 0x80; shift += 7)
            {
                length |= (Values[position++] & 0x7f) << shift;
            }

            length |= Values[position++] << shift;
            position += length;
        }

        return position;
    }
}
