using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Stillwatch.Interactions;

/// <summary>An IPv4 or IPv6 address as 128 bits; IPv4 in its mapped form ::ffff:a.b.c.d (RFC 4291, section 2.5.5.2).</summary>
/// <param name="Bits">The address, most significant bit first.</param>
public readonly record struct ClientAddress(UInt128 Bits)
{
    private const int Bytes = 16;

    /// <summary>Whether this is an IPv4 address.</summary>
    public bool IsIPv4 => Bits >> 32 == 0xffff;

    /// <summary>
    /// The network that one subscriber or rack usually holds: /24 of an IPv4 address, /48 of an IPv6 address, the rest zero.
    /// </summary>
    public ClientAddress Network => IsIPv4 ? new(Bits >> 8 << 8) : new(Bits >> 80 << 80);

    /// <summary>Reads the textual form (RFC 4291, RFC 5952; dotted quads) in UTF-8.</summary>
    /// <returns>False if the text is no address; scope identifiers and ports are not accepted.</returns>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out ClientAddress address)
    {
        address = default;
        if (utf8.Length is 0 or > 45 || utf8.Contains((byte)'%') || utf8[0] == '[' || !IPAddress.TryParse(utf8, out var parsed))
        {
            return false;
        }

        if (parsed.AddressFamily == AddressFamily.InterNetwork && utf8.Count((byte)'.') != 3)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[Bytes];
        parsed.MapToIPv6().TryWriteBytes(bytes, out _);
        address = new(BinaryPrimitives.ReadUInt128BigEndian(bytes));
        return true;
    }

    /// <summary>Writes the 16 bytes of the address in network order.</summary>
    public void Write(Span<byte> destination) => BinaryPrimitives.WriteUInt128BigEndian(destination, Bits);

    /// <summary>The address as the network library has it; of IPv6, also where it stands for an IPv4 address.</summary>
    public IPAddress ToIPAddress()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        Write(bytes);
        return new(bytes);
    }

    /// <summary>The address as people write it: a dotted quad, or RFC 5952.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        Write(bytes);
        var address = new IPAddress(bytes);
        return (IsIPv4 ? address.MapToIPv4() : address).ToString();
    }
}
