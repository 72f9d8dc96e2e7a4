using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Stillwatch.Gateway.Identity;

/// <summary>The JA4 fingerprint of a TLS client.</summary>
/// <remarks>
/// FoxIO's JA4 technical details: <c>a_b_c</c>, where a counts what the hello offers, b is the start of the SHA-256 of the sorted
/// cipher suites, and c that of the sorted extensions (server name and protocols left out) followed by the signature algorithms in
/// their own order. Only TLS over TCP is spoken here, so a begins with t.
/// </remarks>
public static class Ja4Fingerprint
{
    private const ushort ServerName = 0;
    private const ushort ApplicationProtocols = 16;
    private const int HashLength = 12;
    private const int MaxCount = 99;

    /// <summary>The fingerprint of a hello; null where the bytes hold no whole one.</summary>
    /// <param name="record">The first TLS record that the client sent.</param>
    public static string? Of(ReadOnlySpan<byte> record) => ClientHello.Parse(record) is { } hello ? Of(hello) : null;

    /// <summary>Whether a text has the form of a fingerprint; what a proxy says is checked by it.</summary>
    public static bool IsWellFormed(string? text) =>
        text is { Length: 36 } && text[10] == '_' && text[23] == '_'
        && text.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static string Of(ClientHello hello)
    {
        var extensions = hello.Extensions.Where(static type => type is not (ServerName or ApplicationProtocols)).Order();
        var part = $"t{Version(hello.Version)}{(hello.HasServerName ? 'd' : 'i')}{Count(hello.Ciphers)}{Count(hello.Extensions)}"
            + Protocol(hello.Protocol);
        var algorithms = hello.SignatureAlgorithms.Count == 0 ? string.Empty : $"_{Hex(hello.SignatureAlgorithms)}";
        var types = Hex(extensions);
        return $"{part}_{Hash(Hex(hello.Ciphers.Order()))}_{Hash(types.Length > 0 ? types + algorithms : string.Empty)}";
    }

    private static string Version(ushort version) => version switch
    {
        0x0304 => "13",
        0x0303 => "12",
        0x0302 => "11",
        0x0301 => "10",
        0x0300 => "s3",
        0x0002 => "s2",
        _ => "00",
    };

    private static string Count(List<ushort> values) => Math.Min(values.Count, MaxCount).ToString("00", CultureInfo.InvariantCulture);

    /// <summary>First and last character of the first protocol; of its hexadecimal form where these are no letters or digits.</summary>
    private static string Protocol(byte[] protocol)
    {
        if (protocol.Length == 0)
        {
            return "00";
        }

        var isPlain = char.IsAsciiLetterOrDigit((char)protocol[0]) && char.IsAsciiLetterOrDigit((char)protocol[^1]);
        var text = isPlain ? Encoding.ASCII.GetString(protocol) : Convert.ToHexStringLower(protocol);
        return $"{text[0]}{text[^1]}";
    }

    private static string Hex(IEnumerable<ushort> values) =>
        string.Join(',', values.Select(static value => value.ToString("x4", CultureInfo.InvariantCulture)));

    private static string Hash(string text) => text.Length == 0
        ? new('0', HashLength)
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)))[..HashLength];
}
