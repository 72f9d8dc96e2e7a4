using System.Buffers;

namespace Stillwatch.Gateway.Observation;

/// <summary>Bytes that grow in a pooled array. Not thread-safe; dispose it to give the array back.</summary>
internal sealed class ByteBuffer(int initial = ByteBuffer.DefaultInitial) : IBufferWriter<byte>, IDisposable
{
    private const int DefaultInitial = 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(initial);

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The bytes; valid until the next change.</summary>
    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Count);

    /// <summary>The bytes; valid until the next change.</summary>
    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Count);

    /// <summary>The bytes, to be changed in place; valid until the next change of their number.</summary>
    public Span<byte> WrittenSpan() => _bytes.AsSpan(0, Count);

    /// <summary>Forgets them.</summary>
    public void Clear() => Count = 0;

    /// <summary>Takes back the last ones.</summary>
    public void Truncate(int count) => Count = Math.Min(Count, count);

    /// <summary>Adds some.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Count += bytes.Length;
    }

    /// <inheritdoc/>
    public void Advance(int count) => Count += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(Count);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(Count);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        var bytes = _bytes;
        (_bytes, Count) = ([], 0);
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private void Reserve(int more)
    {
        if (_bytes.Length - Count >= Math.Max(more, 1))
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(Count + Math.Max(more, 1)), 2 * _bytes.Length));
        Span.CopyTo(larger);
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = larger;
    }
}
