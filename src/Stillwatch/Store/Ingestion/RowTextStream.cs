using Stillwatch.Store.Engine;

namespace Stillwatch.Store.Ingestion;

/// <summary>The text of a result whose only column is a string, one row after the other. Reads forward only.</summary>
/// <param name="rows">The result; disposed with the stream.</param>
/// <param name="engine">The engine to end with the stream, if any.</param>
internal sealed class RowTextStream(RowBinaryReader rows, IAsyncDisposable? engine) : Stream
{
    private byte[] _row = [];
    private int _length;
    private int _position;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var copied = 0;
        while (copied < buffer.Length && (_position < _length || FillOrFail()))
        {
            var part = _row.AsSpan(_position, Math.Min(_length - _position, buffer.Length - copied));
            part.CopyTo(buffer[copied..]);
            copied += part.Length;
            _position += part.Length;
        }

        return copied;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            rows.DisposeAsync().AsTask().GetAwaiter().GetResult();
            engine?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        base.Dispose(disposing);
    }

    /// <summary>What the engine cannot read is to a reader of files what a disk that fails is.</summary>
    private bool FillOrFail()
    {
        try
        {
            return Fill();
        }
        catch (Exception e) when (e is ClickHouseException or MalformedResultException or StoreUnavailableException)
        {
            throw new IOException(e.Message, e);
        }
    }

    private bool Fill()
    {
        while (rows.Read())
        {
            var row = rows.String();
            if (row.IsEmpty)
            {
                continue;
            }

            if (_row.Length < row.Length)
            {
                _row = new byte[row.Length * 2];
            }

            row.CopyTo(_row);
            (_position, _length) = (0, row.Length);
            return true;
        }

        return false;
    }
}
