using System.Buffers.Binary;

namespace Stillwatch.Gateway.Identity;

/// <summary>
/// The members of a TLS client hello that JA4 speaks of, read from the bytes of its first record (RFC 8446, section 4.1.2).
/// </summary>
internal sealed class ClientHello
{
    private const byte HandshakeRecord = 22;
    private const byte ClientHelloMessage = 1;
    private const int RandomBytes = 32;
    private const ushort ServerName = 0;
    private const ushort SignatureAlgorithmsExtension = 13;
    private const ushort ApplicationProtocols = 16;
    private const ushort SupportedVersions = 43;

    private ClientHello()
    {
    }

    /// <summary>The highest version offered, GREASE left out.</summary>
    public ushort Version { get; private set; }

    /// <summary>Whether a name of the server is in it.</summary>
    public bool HasServerName { get; private set; }

    /// <summary>The first application protocol offered; empty for none.</summary>
    public byte[] Protocol { get; private set; } = [];

    /// <summary>Cipher suites in their order, GREASE left out.</summary>
    public List<ushort> Ciphers { get; } = [];

    /// <summary>Types of extensions in their order, GREASE left out.</summary>
    public List<ushort> Extensions { get; } = [];

    /// <summary>Signature algorithms in their order, GREASE left out.</summary>
    public List<ushort> SignatureAlgorithms { get; } = [];

    /// <summary>Reads a hello; null where the bytes hold no whole one.</summary>
    public static ClientHello? Parse(ReadOnlySpan<byte> record)
    {
        var hello = new ClientHello();
        return hello.TryRead(record) ? hello : null;
    }

    /// <summary>Values that clients send to keep servers tolerant (RFC 8701).</summary>
    private static bool IsGrease(ushort value) => (value & 0x0F0F) == 0x0A0A && value >> 8 == (value & 0xFF);

    private bool TryRead(ReadOnlySpan<byte> record)
    {
        if (record.Length < 9 || record[0] != HandshakeRecord || record[5] != ClientHelloMessage)
        {
            return false;
        }

        var length = (record[6] << 16) | (record[7] << 8) | record[8];
        var rest = record[9..];
        if (rest.Length < length || length < 2 + RandomBytes)
        {
            return false;
        }

        rest = rest[..length];
        Version = BinaryPrimitives.ReadUInt16BigEndian(rest);
        rest = rest[(2 + RandomBytes)..];
        return TryTake(ref rest, 1, out _) && TryTake(ref rest, 2, out var ciphers) && TryTake(ref rest, 1, out _)
            && TryNumbers(ciphers, Ciphers) && (rest.IsEmpty || (TryTake(ref rest, 2, out var extensions) && TryExtensions(extensions)));
    }

    private bool TryExtensions(ReadOnlySpan<byte> extensions)
    {
        while (!extensions.IsEmpty)
        {
            if (extensions.Length < 4)
            {
                return false;
            }

            var type = BinaryPrimitives.ReadUInt16BigEndian(extensions);
            extensions = extensions[2..];
            if (!TryTake(ref extensions, 2, out var body) || !TryExtension(type, body))
            {
                return false;
            }

            if (!IsGrease(type))
            {
                Extensions.Add(type);
            }
        }

        return true;
    }

    private bool TryExtension(ushort type, ReadOnlySpan<byte> body)
    {
        switch (type)
        {
            case ServerName:
                HasServerName = true;
                return true;
            case SignatureAlgorithmsExtension:
                return TryTake(ref body, 2, out var algorithms) && TryNumbers(algorithms, SignatureAlgorithms);
            case ApplicationProtocols:
                var isList = TryTake(ref body, 2, out var list);
                if (isList && TryTake(ref list, 1, out var first))
                {
                    Protocol = first.ToArray();
                }

                return isList;
            case SupportedVersions:
                return TryVersions(body);
            default:
                return true;
        }
    }

    private bool TryVersions(ReadOnlySpan<byte> body)
    {
        var versions = new List<ushort>();
        if (!TryTake(ref body, 1, out var list) || !TryNumbers(list, versions))
        {
            return false;
        }

        Version = versions.Count > 0 ? versions.Max() : Version;
        return true;
    }

    private static bool TryNumbers(ReadOnlySpan<byte> bytes, List<ushort> numbers)
    {
        for (; bytes.Length >= 2; bytes = bytes[2..])
        {
            var number = BinaryPrimitives.ReadUInt16BigEndian(bytes);
            if (!IsGrease(number))
            {
                numbers.Add(number);
            }
        }

        return bytes.IsEmpty;
    }

    /// <summary>Takes a vector with its length before it, in so many bytes.</summary>
    private static bool TryTake(ref ReadOnlySpan<byte> rest, int lengthBytes, out ReadOnlySpan<byte> vector)
    {
        vector = default;
        if (rest.Length < lengthBytes)
        {
            return false;
        }

        var length = lengthBytes == 1 ? rest[0] : BinaryPrimitives.ReadUInt16BigEndian(rest);
        rest = rest[lengthBytes..];
        if (rest.Length < length)
        {
            return false;
        }

        vector = rest[..length];
        rest = rest[length..];
        return true;
    }
}
