using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Stillwatch.Store.Engine;

/// <summary>
/// Rows to insert, kept by column in ClickHouse's format Native, which both transports take. The caller gives each row's values in the
/// order of the columns and then calls <see cref="EndRow"/>. The number of rows stands before the values, so a block that arrives cut short
/// is refused as a whole.
/// </summary>
/// <remarks>
/// Bytes: <c>columns rows (name type values)*</c>, counts as LEB128, names and types as LEB128 length and UTF-8. Memory: the values, in
/// pooled arrays up to twice as long; <see cref="Clear"/> keeps them for the next block. Not thread-safe.
/// </remarks>
public sealed class ColumnBlock : IDisposable
{
    private readonly ColumnBuffer[] _columns;
    private int _next;

    /// <param name="columns">The columns, in the order in which rows give values; the table's others take their defaults.</param>
    /// <exception cref="ArgumentException">There is no column, or a name twice.</exception>
    public ColumnBlock(params ReadOnlySpan<Column> columns)
    {
        _columns = [.. columns.ToArray().Select(static column => new ColumnBuffer(column))];
        if (_columns.Length == 0 || _columns.DistinctBy(static column => column.Column.Name.Name).Count() != _columns.Length)
        {
            throw new ArgumentException("A block needs at least one column and each name once.", nameof(columns));
        }
    }

    /// <summary>The columns.</summary>
    public IEnumerable<Column> Columns => _columns.Select(static column => column.Column);

    /// <summary>Rows ended so far.</summary>
    public int Rows { get; private set; }

    /// <summary>Bytes of all values so far: what a caller that bounds its memory looks at.</summary>
    public long ByteCount
    {
        get
        {
            var sum = 0L;
            foreach (var column in _columns)
            {
                sum += column.Length;
            }

            return sum;
        }
    }

    /// <summary>The next column's value.</summary>
    /// <exception cref="InvalidOperationException">The next column is of another type, or the row is full.</exception>
    public void UInt8(byte value) => Next(ColumnKind.UInt8).Values.Extend(1)[0] = value;

    /// <inheritdoc cref="UInt8"/>
    public void UInt16(ushort value) =>
        BinaryPrimitives.WriteUInt16LittleEndian(Next(ColumnKind.UInt16).Values.Extend(sizeof(ushort)), value);

    /// <inheritdoc cref="UInt8"/>
    public void UInt32(uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(Next(ColumnKind.UInt32).Values.Extend(sizeof(uint)), value);

    /// <inheritdoc cref="UInt8"/>
    public void UInt64(ulong value) => Next(ColumnKind.UInt64).Values.UInt64(value);

    /// <inheritdoc cref="UInt8"/>
    public void Int32(int value) =>
        BinaryPrimitives.WriteInt32LittleEndian(Next(ColumnKind.Int32).Values.Extend(sizeof(int)), value);

    /// <inheritdoc cref="UInt8"/>
    public void Int64(long value) => Next(ColumnKind.Int64).Values.UInt64((ulong)value);

    /// <inheritdoc cref="UInt8"/>
    public void Float32(float value) =>
        BinaryPrimitives.WriteSingleLittleEndian(Next(ColumnKind.Float32).Values.Extend(sizeof(float)), value);

    /// <inheritdoc cref="UInt8"/>
    public void Float64(double value) =>
        BinaryPrimitives.WriteDoubleLittleEndian(Next(ColumnKind.Float64).Values.Extend(sizeof(double)), value);

    /// <summary>The next column's value, bytes as they are (ClickHouse does not check them for UTF-8).</summary>
    /// <inheritdoc cref="UInt8" path="/exception"/>
    public void String(ReadOnlySpan<byte> utf8) => Next(ColumnKind.String).Values.Prefixed(utf8);

    /// <summary>The next column's value, in UTF-8; unpaired surrogates become U+FFFD.</summary>
    /// <inheritdoc cref="UInt8" path="/exception"/>
    public void String(ReadOnlySpan<char> text)
    {
        ref var values = ref Next(ColumnKind.String).Values;
        var length = Encoding.UTF8.GetByteCount(text);
        values.VarUInt((uint)length);
        Encoding.UTF8.GetBytes(text, values.Extend(length));
    }

    /// <summary>The next column's value.</summary>
    /// <exception cref="ArgumentException">The value's length is not the column's.</exception>
    /// <inheritdoc cref="UInt8" path="/exception"/>
    public void FixedString(ReadOnlySpan<byte> value)
    {
        var column = Next(ColumnKind.FixedString);
        if (value.Length != column.Column.Type.Width)
        {
            throw new ArgumentException(
                $"Column {column.Column.Name} takes {column.Column.Type}, not {value.Length} bytes.", nameof(value));
        }

        value.CopyTo(column.Values.Extend(value.Length));
    }

    /// <summary>The next column's value: an array of numbers.</summary>
    /// <inheritdoc cref="UInt8" path="/exception"/>
    public void Array(ReadOnlySpan<ulong> values) => Elements(values, ColumnKind.UInt64);

    /// <inheritdoc cref="Array(ReadOnlySpan{ulong})"/>
    public void Array(ReadOnlySpan<uint> values) => Elements(values, ColumnKind.UInt32);

    /// <inheritdoc cref="Array(ReadOnlySpan{ulong})"/>
    public void Array(ReadOnlySpan<ushort> values) => Elements(values, ColumnKind.UInt16);

    /// <inheritdoc cref="Array(ReadOnlySpan{ulong})"/>
    public void Array(ReadOnlySpan<byte> values) => Elements(values, ColumnKind.UInt8);

    /// <inheritdoc cref="Array(ReadOnlySpan{ulong})"/>
    public void Array(ReadOnlySpan<long> values) => Elements(values, ColumnKind.Int64);

    /// <inheritdoc cref="Array(ReadOnlySpan{ulong})"/>
    public void Array(ReadOnlySpan<int> values) => Elements(values, ColumnKind.Int32);

    /// <inheritdoc cref="Array(ReadOnlySpan{ulong})"/>
    public void Array(ReadOnlySpan<double> values) => Elements(values, ColumnKind.Float64);

    /// <inheritdoc cref="Array(ReadOnlySpan{ulong})"/>
    public void Array(ReadOnlySpan<float> values) => Elements(values, ColumnKind.Float32);

    /// <summary>The next column's value: an array of strings.</summary>
    /// <inheritdoc cref="UInt8" path="/exception"/>
    public void Array(ReadOnlySpan<string> values)
    {
        var column = NextArray(ColumnKind.String, values.Length);
        foreach (var value in values)
        {
            var length = Encoding.UTF8.GetByteCount(value);
            column.Values.VarUInt((uint)length);
            Encoding.UTF8.GetBytes(value, column.Values.Extend(length));
        }
    }

    /// <summary>Ends a row that has a value for every column.</summary>
    /// <exception cref="InvalidOperationException">Values are missing; the row stays open.</exception>
    public void EndRow()
    {
        if (_next != _columns.Length)
        {
            throw new InvalidOperationException($"The row has {_next} of {_columns.Length} values.");
        }

        foreach (var column in _columns)
        {
            column.EndRow();
        }

        _next = 0;
        Rows++;
    }

    /// <summary>Adds some rows of another block of the same columns.</summary>
    /// <param name="other">Stays as it is.</param>
    /// <param name="rows">Which of its rows.</param>
    /// <param name="skipped">Rows among these to leave out, each once, ascending.</param>
    /// <exception cref="ArgumentException">The other block has other columns.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The other block has no such rows.</exception>
    /// <exception cref="InvalidOperationException">A row of one of them has not ended.</exception>
    public void Append(ColumnBlock other, Range rows, ReadOnlySpan<int> skipped)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!Columns.SequenceEqual(other.Columns))
        {
            throw new ArgumentException("Only a block of the same columns can be added.", nameof(other));
        }

        ThrowIfRowIsOpen();
        other.ThrowIfRowIsOpen();
        var (start, count) = rows.GetOffsetAndLength(other.Rows);
        for (var index = 0; index < _columns.Length; index++)
        {
            _columns[index].Append(other._columns[index], (start, start + count), skipped);
        }

        Rows += count - skipped.Length;
    }

    /// <summary>Gives all rows the same value in a column of UInt32.</summary>
    /// <param name="column">The column's place.</param>
    /// <param name="value">The value.</param>
    public void Fill(int column, uint value)
    {
        var filled = _columns[column];
        if (filled.Column.Type.Kind != ColumnKind.UInt32)
        {
            ThrowWrongKind(filled.Column, nameof(ColumnKind.UInt32));
        }

        ThrowIfRowIsOpen();
        filled.Values.Truncate(0);
        MemoryMarshal.Cast<byte, uint>(filled.Values.Extend(Rows * sizeof(uint))).Fill(value);
    }

    /// <summary>Takes back the values of the row that has not ended.</summary>
    public void DiscardRow()
    {
        foreach (var column in _columns)
        {
            column.DiscardRow();
        }

        _next = 0;
    }

    /// <summary>Takes back all rows; the memory stays for the next ones.</summary>
    public void Clear()
    {
        foreach (var column in _columns)
        {
            column.Clear();
        }

        _next = 0;
        Rows = 0;
    }

    /// <summary>Gives the memory back to its pool.</summary>
    public void Dispose()
    {
        Clear();
        foreach (var column in _columns)
        {
            column.Dispose();
        }
    }

    /// <summary>The block in Native, in parts; valid until the block changes.</summary>
    /// <exception cref="InvalidOperationException">A row has not ended.</exception>
    internal List<ReadOnlyMemory<byte>> Encode()
    {
        ThrowIfRowIsOpen();
        var parts = new List<ReadOnlyMemory<byte>> { Counts() };
        foreach (var column in _columns)
        {
            parts.Add(column.Header);
            parts.Add(column.Ends.Memory);
            parts.Add(column.Values.Memory);
        }

        return parts;
    }

    private byte[] Counts()
    {
        var counts = new PooledBytes();
        counts.VarUInt((uint)_columns.Length);
        counts.VarUInt((uint)Rows);
        var bytes = counts.Memory.ToArray();
        counts.Dispose();
        return bytes;
    }

    private void ThrowIfRowIsOpen()
    {
        if (_next != 0)
        {
            throw new InvalidOperationException($"A row has {_next} of {_columns.Length} values; end or discard it first.");
        }
    }

    private void Elements<T>(ReadOnlySpan<T> values, ColumnKind kind)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values);
        bytes.CopyTo(NextArray(kind, values.Length).Values.Extend(bytes.Length));
    }

    private ColumnBuffer NextArray(ColumnKind element, int count)
    {
        var column = Next(ColumnKind.Array, element);
        column.Elements += (ulong)count;
        column.Ends.UInt64(column.Elements);
        return column;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ColumnBuffer Next(ColumnKind kind, ColumnKind element = ColumnKind.None)
    {
        var next = _next;
        if ((uint)next >= (uint)_columns.Length)
        {
            ThrowRowFull();
        }

        var column = _columns[next];
        if (column.Column.Type.Kind != kind || column.Column.Type.Element != element)
        {
            ThrowWrongKind(column.Column, element == ColumnKind.None ? kind.ToString() : $"{kind}({element})");
        }

        _next = next + 1;
        return column;
    }

    [DoesNotReturn]
    private static void ThrowWrongKind(Column column, string given) =>
        throw new InvalidOperationException($"Column {column.Name} takes {column.Type}, not {given}.");

    [DoesNotReturn]
    private void ThrowRowFull() => throw new InvalidOperationException($"The row has all its {_columns.Length} values; end it first.");
}
