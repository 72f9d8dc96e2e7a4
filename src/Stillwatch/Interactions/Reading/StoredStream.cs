namespace Stillwatch.Interactions.Reading;

/// <summary>The bytes of an input as stored: read in large blocks, counted, and the first ones looked at before they are read.</summary>
/// <param name="inner">Owned.</param>
internal sealed class StoredStream(Stream inner) : ForwardStream
{
    private const int BlockBytes = 1 << 17;

    private readonly byte[] _block = new byte[BlockBytes];
    private int _start;
    private int _end;

    /// <summary>Bytes that were handed out.</summary>
    public long Count { get; private set; }

    /// <summary>Up to so many first bytes, without consuming them; fewer only if the input is shorter.</summary>
    public ReadOnlySpan<byte> Peek(int length)
    {
        while (_end - _start < length && _end < BlockBytes && inner.Read(_block, _end, BlockBytes - _end) is var read and > 0)
        {
            _end += read;
        }

        return _block.AsSpan(_start, Math.Min(length, _end - _start));
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_start == _end)
        {
            (_start, _end) = (0, inner.Read(_block, 0, BlockBytes));
        }

        var taken = Math.Min(buffer.Length, _end - _start);
        _block.AsSpan(_start, taken).CopyTo(buffer);
        _start += taken;
        Count += taken;
        return taken;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
