using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Stillwatch.Store.Engine;

/// <summary>
/// The rows of a result as they arrive, in ClickHouse's format RowBinary: no names, no types, values one after the other. The caller reads
/// each row's columns in the order of the query, with the method of each column's type.
/// </summary>
/// <remarks>
/// Every read checks what is left, so bytes that are no such rows end in <see cref="MalformedResultException"/>, never outside the buffer.
/// Nothing is allocated per value. A query that fails or is cancelled on its way throws from the read that meets it: only
/// <see cref="Read"/> returning false says that the result is complete. Not thread-safe; dispose it, or the query keeps its connection.
/// </remarks>
public sealed unsafe class RowBinaryReader : IAsyncDisposable
{
    /// <summary>The longest accepted value in bytes; a length above it means bytes that are no such rows.</summary>
    public const int MaxValueBytes = 1 << 30;

    private readonly ResultSource _source;
    private byte* _at;
    private byte* _end;
    private ulong[] _array = [];
    private bool _disposed;

    internal RowBinaryReader(ResultSource source) => _source = source;

    /// <summary>Whether another row follows; false when the result is complete.</summary>
    /// <exception cref="ClickHouseException">The query failed.</exception>
    /// <exception cref="StoreUnavailableException">The connection broke.</exception>
    /// <exception cref="OperationCanceledException">The query was cancelled.</exception>
    /// <exception cref="TimeoutException">The query took longer than <see cref="EngineOptions.OperationTimeout"/>.</exception>
    public bool Read() => _at != _end || Fetch();

    /// <summary>The next column's value.</summary>
    /// <exception cref="MalformedResultException">The result ends within the value.</exception>
    public byte UInt8() => *Take(sizeof(byte));

    /// <inheritdoc cref="UInt8"/>
    public ushort UInt16() => Unsafe.ReadUnaligned<ushort>(Take(sizeof(ushort)));

    /// <inheritdoc cref="UInt8"/>
    public uint UInt32() => Unsafe.ReadUnaligned<uint>(Take(sizeof(uint)));

    /// <inheritdoc cref="UInt8"/>
    public ulong UInt64() => Unsafe.ReadUnaligned<ulong>(Take(sizeof(ulong)));

    /// <inheritdoc cref="UInt8"/>
    public int Int32() => Unsafe.ReadUnaligned<int>(Take(sizeof(int)));

    /// <inheritdoc cref="UInt8"/>
    public long Int64() => Unsafe.ReadUnaligned<long>(Take(sizeof(long)));

    /// <inheritdoc cref="UInt8"/>
    public float Float32() => Unsafe.ReadUnaligned<float>(Take(sizeof(float)));

    /// <inheritdoc cref="UInt8"/>
    public double Float64() => Unsafe.ReadUnaligned<double>(Take(sizeof(double)));

    /// <summary>The next column's bytes, of a String; valid until the next call.</summary>
    /// <exception cref="MalformedResultException">
    /// The result ends within the value, or its length is above <see cref="MaxValueBytes"/>.
    /// </exception>
    public ReadOnlySpan<byte> String()
    {
        var length = Length(sizeof(byte));
        return new(Take(length), length);
    }

    /// <summary>The next column's value as a string; bytes that are not UTF-8 become U+FFFD.</summary>
    /// <inheritdoc cref="String" path="/exception"/>
    public string Text() => Encoding.UTF8.GetString(String());

    /// <summary>The next column's bytes, of a FixedString of that width; valid until the next call.</summary>
    /// <inheritdoc cref="UInt8" path="/exception"/>
    public ReadOnlySpan<byte> FixedString(int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        return new(Take(width), width);
    }

    /// <summary>How many values the next column, an array, has; they follow and are read one by one.</summary>
    /// <inheritdoc cref="String" path="/exception"/>
    public int ArrayLength() => Length(sizeof(byte));

    /// <summary>The next column's values, of an Array(UInt64); valid until the next call.</summary>
    /// <inheritdoc cref="String" path="/exception"/>
    public ReadOnlySpan<ulong> UInt64Array()
    {
        var length = Length(sizeof(ulong));
        var bytes = new ReadOnlySpan<byte>(Take(length * sizeof(ulong)), length * sizeof(ulong));
        if (_array.Length < length)
        {
            _array = GC.AllocateUninitializedArray<ulong>(Math.Max(length, 2 * _array.Length));
        }

        var values = _array.AsSpan(0, length);
        bytes.CopyTo(MemoryMarshal.AsBytes(values));
        return values;
    }

    /// <summary>Ends the query if it is still running, and gives its connection back.</summary>
    public ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return ValueTask.CompletedTask;
        }

        _disposed = true;
        _at = _end = null;
        return _source.DisposeAsync();
    }

    /// <summary>Where the next so many bytes stand, and steps over them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte* Take(int count)
    {
        if (_end - _at < count)
        {
            FetchAtLeast(count);
        }

        var start = _at;
        _at = start + count;
        return start;
    }

    /// <summary>A count of values of at least so many bytes each, in LEB128.</summary>
    private int Length(int bytesEach)
    {
        uint length = *Take(1);
        if (length >= 0x80)
        {
            length = LengthOfMoreBytes(length & 0x7f);
        }

        if (length > MaxValueBytes / bytesEach)
        {
            ThrowTooLong(length);
        }

        return (int)length;
    }

    private uint LengthOfMoreBytes(uint length)
    {
        for (var shift = 7; shift < 35; shift += 7)
        {
            uint group = *Take(1);
            if (shift == 28 && group > 0x0f)
            {
                break;
            }

            length |= (group & 0x7f) << shift;
            if (group < 0x80)
            {
                return length;
            }
        }

        ThrowTooLong(uint.MaxValue);
        return 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Fetch()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var window = _source.Next(new NativeSpan(_at, (int)(_end - _at)));
        if (window.Length == 0)
        {
            return false;
        }

        _at = window.Start;
        _end = _at + window.Length;
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void FetchAtLeast(int count)
    {
        while (_end - _at < count)
        {
            if (!Fetch())
            {
                throw new MalformedResultException(
                    $"The result ends {_end - _at} bytes into a value of {count}; the columns are not what the query selects, " +
                    "or it was cut short.");
            }
        }
    }

    [DoesNotReturn]
    private static void ThrowTooLong(uint length) => throw new MalformedResultException(
        $"The result has a value of {length} bytes or elements, above what is accepted ({MaxValueBytes} bytes); " +
        "the columns are not what the query selects.");
}
