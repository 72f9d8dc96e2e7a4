using System.IO.Compression;
using System.Security.Cryptography;

namespace Stillwatch.Interactions.Reading;

/// <summary>Gzip (RFC 1952) of one or more members, which also tells whether the data were whole.</summary>
/// <remarks>
/// <see cref="GZipStream"/> takes an end anywhere for the end of the data. To tell the two apart, one more member with
/// sixteen random bytes is fed after the last byte: those bytes come out as such exactly if the data ended between two members. What
/// comes out otherwise after that point is nonsense and is withheld.
/// </remarks>
internal sealed class GzipInput : ForwardStream
{
    private const int MarkBytes = 16;

    private readonly byte[] _mark = RandomNumberGenerator.GetBytes(MarkBytes);
    private readonly MarkedStream _marked;
    private readonly GZipStream _plain;

    /// <param name="stored">Owned; begins with the header of a member.</param>
    public GzipInput(Stream stored)
    {
        _marked = new(stored, Compress(_mark));
        _plain = new(_marked, CompressionMode.Decompress);
    }

    /// <summary>What is wrong with the data, known once the end was read; null if they are whole.</summary>
    public InputFaultReason? Fault { get; private set; }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (Fault is not null || _marked.MarkTaken || buffer.IsEmpty)
        {
            return 0;
        }

        try
        {
            var read = _plain.Read(buffer);
            return _marked.MarkTaken ? End(buffer[..read]) : read == 0 ? EndInTrailingBytes() : read;
        }
        catch (InvalidDataException)
        {
            Fault = _marked.MarkTaken ? InputFaultReason.Truncated : InputFaultReason.Corrupt;
            return 0;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _plain.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>What came out since the mark went in: the mark and nothing else, or the data were cut.</summary>
    private int End(ReadOnlySpan<byte> first)
    {
        Span<byte> all = stackalloc byte[MarkBytes + 1];
        var length = Math.Min(first.Length, all.Length);
        first[..length].CopyTo(all);
        for (var read = length; read > 0 && length < all.Length; length += read)
        {
            read = _plain.Read(all[length..]);
        }

        Fault = all[..length].SequenceEqual(_mark) ? null : InputFaultReason.Truncated;
        return 0;
    }

    /// <summary>The decoder stopped before the end: what follows the last member is none.</summary>
    private int EndInTrailingBytes()
    {
        Fault = InputFaultReason.Corrupt;
        return 0;
    }

    private static byte[] Compress(byte[] plain)
    {
        using var member = new MemoryStream();
        using (var gzip = new GZipStream(member, CompressionLevel.NoCompression, leaveOpen: true))
        {
            gzip.Write(plain);
        }

        return member.ToArray();
    }

    /// <summary>The stored bytes, then the mark; never both in one read.</summary>
    private sealed class MarkedStream(Stream stored, byte[] mark) : ForwardStream
    {
        private int _taken;

        public bool MarkTaken => _taken > 0;

        public override int Read(Span<byte> buffer)
        {
            if (_taken == 0 && stored.Read(buffer) is var read and > 0)
            {
                return read;
            }

            var rest = Math.Min(buffer.Length, mark.Length - _taken);
            mark.AsSpan(_taken, rest).CopyTo(buffer);
            _taken += rest;
            return rest;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                stored.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
