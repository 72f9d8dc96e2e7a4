using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Stillwatch.Store.Engine;

/// <summary>Bytes that grow in arrays of the shared pool. A mutable struct: held in a field, never copied.</summary>
internal struct PooledBytes : IDisposable
{
    private const int First = 1 << 12;

    /// <summary>The most bytes of one column in one block.</summary>
    internal const int MaxLength = 1 << 30;

    private byte[] _bytes;

    public PooledBytes()
    {
        _bytes = [];
        Length = 0;
    }

    internal int Length { get; private set; }

    internal readonly ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Length);

    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = [];
        Length = 0;
    }

    internal void Truncate(int length) => Length = length;

    /// <summary>Room for so many bytes more, which count as written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Span<byte> Extend(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Grow(count);
        }

        var room = _bytes.AsSpan(Length, count);
        Length += count;
        return room;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void UInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Extend(sizeof(ulong)), value);

    /// <summary>The number in groups of seven bits, the least first, the eighth bit set on all but the last (LEB128).</summary>
    internal void VarUInt(uint value)
    {
        while (value >= 0x80)
        {
            Extend(1)[0] = (byte)(value | 0x80);
            value >>= 7;
        }

        Extend(1)[0] = (byte)value;
    }

    /// <summary>The length in LEB128, then the bytes.</summary>
    internal void Prefixed(ReadOnlySpan<byte> value)
    {
        VarUInt((uint)value.Length);
        value.CopyTo(Extend(value.Length));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int count)
    {
        var needed = (long)Length + count;
        if (needed > MaxLength)
        {
            throw new InvalidOperationException(
                $"A column of a block holds at most {MaxLength:N0} bytes; insert the block and begin another.");
        }

        var size = Math.Min(Math.Max(Math.Max(needed, 2L * _bytes.Length), First), MaxLength);
        var larger = ArrayPool<byte>.Shared.Rent((int)size);
        Memory.Span.CopyTo(larger);
        var length = Length;
        Dispose();
        (_bytes, Length) = (larger, length);
    }
}
