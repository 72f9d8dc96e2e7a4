using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Stillwatch.Gateway.Policies.Values;

/// <summary>An address with the length of its prefix; a single address has the longest.</summary>
internal sealed record IpRange
{
    private const int BitsV4 = 32;
    private const int BitsV6 = 128;

    private readonly UInt128 _address;
    private readonly int _prefix;

    private IpRange(UInt128 address, int prefix, bool isV4)
    {
        (_address, _prefix, IsV4) = (address, prefix, isV4);
    }

    public bool IsV4 { get; }

    /// <summary>127.0.0.0/8 or ::1, the whole range.</summary>
    public bool IsLoopback => IsV4 ? IsWithin((UInt128)127 << 24, 8) : IsWithin(1, BitsV6);

    /// <summary>224.0.0.0/4 or ff00::/8, the whole range.</summary>
    public bool IsMulticast => IsV4 ? IsWithin((UInt128)0xE0 << 24, 4) : IsWithin((UInt128)0xFF << 120, 8);

    private int Bits => IsV4 ? BitsV4 : BitsV6;

    /// <summary>Reads what Cedar reads: no leading zeros, no zone, no IPv4 inside IPv6; null for anything else.</summary>
    public static IpRange? Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var host = slash < 0 ? text : text[..slash];
        var isV4 = !host.Contains(':', StringComparison.Ordinal);
        if (!IsPlain(host, isV4) || !IPAddress.TryParse(host, out var address)
            || address.AddressFamily != (isV4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6))
        {
            return null;
        }

        var bits = isV4 ? BitsV4 : BitsV6;
        var prefix = slash < 0 ? bits : Prefix(text[(slash + 1)..], bits);
        return prefix is { } length ? new(Number(address), length, isV4) : null;
    }

    /// <summary>A single address; one that IPv6 has for an IPv4 address is that address.</summary>
    public static IpRange Of(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var isV4 = plain.AddressFamily == AddressFamily.InterNetwork;
        return new(Number(plain), isV4 ? BitsV4 : BitsV6, isV4);
    }

    /// <summary>Whether all of this lies in another range.</summary>
    public bool IsIn(IpRange range) => IsV4 == range.IsV4 && IsWithin(range._address, range._prefix);

    private bool IsWithin(UInt128 address, int prefix) =>
        _prefix >= prefix && (prefix == 0 || _address >> (Bits - prefix) == address >> (Bits - prefix));

    private static bool IsPlain(string host, bool isV4) => isV4
        ? host.Split('.') is { Length: 4 } parts && parts.All(part =>
            part.Length is >= 1 and <= 3 && part.All(char.IsAsciiDigit) && (part.Length == 1 || part[0] != '0'))
        : host.All(letter => char.IsAsciiHexDigit(letter) || letter == ':') && host.Split(':').All(group => group.Length <= 4);

    private static int? Prefix(string text, int bits) =>
        text.Length is >= 1 and <= 3 && text.All(char.IsAsciiDigit) && (text.Length == 1 || text[0] != '0')
            && int.Parse(text, CultureInfo.InvariantCulture) is var length && length <= bits
            ? length
            : null;

    private static UInt128 Number(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[BitsV6 / 8];
        address.TryWriteBytes(bytes, out var written);
        return written == BitsV4 / 8 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
