using System.Buffers.Binary;
using System.Numerics;

namespace Stillwatch.Gateway.Observation;

/// <summary>The form of one frame in a segment.</summary>
/// <remarks>
/// <code>
/// bytes 0..3    length of the payload, little-endian
/// bytes 4..7    CRC-32C of the payload, the kind and the ticket
/// byte  8       kind
/// bytes 9..16   ticket: the segment of the admission in the upper half, its place there in the lower
/// bytes 17..20  the request's tokens as the gateway counts them (admissions), otherwise 0
/// bytes 21..    payload: a part of an interaction in the native format
/// </code>
/// </remarks>
/// <param name="Kind">What it holds.</param>
/// <param name="Ticket">Which interaction it is about.</param>
/// <param name="InputTokens">The request's tokens.</param>
/// <param name="PayloadBytes">How long the payload is.</param>
internal readonly record struct SpoolFrame(SpoolFrameKind Kind, ulong Ticket, int InputTokens, int PayloadBytes)
{
    /// <summary>Bytes before the payload.</summary>
    public const int HeaderBytes = 21;

    private const int ChecksumAt = 4;
    private const int KindAt = 8;
    private const int TicketAt = 9;
    private const int TokensAt = 17;

    /// <summary>Bytes of the whole frame.</summary>
    public int Bytes => HeaderBytes + PayloadBytes;

    /// <summary>Fills in the header of a frame whose payload is there already.</summary>
    /// <param name="frame">Header and payload.</param>
    /// <param name="payloadChecksum">See <see cref="Checksum"/>.</param>
    public void WriteHeader(Span<byte> frame, uint payloadChecksum)
    {
        BinaryPrimitives.WriteInt32LittleEndian(frame, PayloadBytes);
        frame[KindAt] = (byte)Kind;
        BinaryPrimitives.WriteUInt64LittleEndian(frame[TicketAt..], Ticket);
        BinaryPrimitives.WriteInt32LittleEndian(frame[TokensAt..], InputTokens);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[ChecksumAt..], Whole(payloadChecksum, frame[KindAt..HeaderBytes]));
    }

    /// <summary>Reads the frame at the start of some bytes.</summary>
    /// <returns>False if there is no whole, undamaged frame.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out SpoolFrame frame)
    {
        frame = default;
        if (bytes.Length < HeaderBytes)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (length < 0 || length > bytes.Length - HeaderBytes || bytes[KindAt] is not (1 or 2))
        {
            return false;
        }

        frame = new(
            (SpoolFrameKind)bytes[KindAt],
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[TicketAt..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[TokensAt..]),
            length);
        var expected = Whole(Checksum(bytes.Slice(HeaderBytes, length)), bytes[KindAt..HeaderBytes]);
        return expected == BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumAt..]);
    }

    /// <summary>Whether nothing was written where a frame would begin: the unused rest of a segment whose process died.</summary>
    public static bool IsUnwritten(ReadOnlySpan<byte> bytes) => bytes[..Math.Min(bytes.Length, HeaderBytes)].IndexOfAnyExcept((byte)0) < 0;

    /// <summary>CRC-32C (RFC 3720, appendix B.4) of bytes.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes, uint crc = uint.MaxValue)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var one in bytes)
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        return crc;
    }

    private static uint Whole(uint payloadChecksum, ReadOnlySpan<byte> rest) => ~Checksum(rest, payloadChecksum);
}
