using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Stillwatch.Evidence.Pseudonymization;

/// <summary>
/// The secret under which names become pseudonyms that only its holder can recompute: HMAC-SHA-256 (RFC 2104) over purpose and name.
/// </summary>
/// <remarks>
/// Without a key a hash of a guessable name (a mail address, an account number) falls to a dictionary, so nothing unkeyed is ever shared.
/// Whoever holds the key can link pseudonyms to names: they stay personal data to the holder. Losing it loses that link, and with it the
/// stable ids of what was shared. Text output of this type never shows the key.
/// </remarks>
public sealed class PseudonymKey
{
    /// <summary>Length of the secret.</summary>
    public const int KeyBytes = 32;

    private const int PseudonymBytes = 16;
    private readonly byte[] _key;

    /// <param name="key">Exactly <see cref="KeyBytes"/> uniformly random bytes.</param>
    /// <exception cref="ArgumentException">Another length.</exception>
    public PseudonymKey(ReadOnlySpan<byte> key) => _key = key.Length == KeyBytes
        ? key.ToArray()
        : throw new ArgumentException($"A pseudonym key has {KeyBytes} bytes, not {key.Length}.", nameof(key));

    /// <summary>The pseudonym of a name: 32 hexadecimal digits.</summary>
    /// <param name="purpose">What kind of name; equal names of different kinds have unrelated pseudonyms.</param>
    /// <param name="name">The name.</param>
    public string Of(string purpose, string name) => Convert.ToHexStringLower(Digest(purpose, name).AsSpan(0, PseudonymBytes));

    /// <summary>
    /// An id that is the same for the same name, and to everybody without the key looks like a random one: a UUID of version 4 (RFC 9562,
    /// 5.4) whose bits come from the keyed hash. STIX 2.1, 2.9 asks for version 4 for all objects but observables.
    /// </summary>
    public Guid Uuid(string purpose, string name)
    {
        var bytes = Digest(purpose, name).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>HMAC over the purpose with its length before it, then the name, so that no two pairs give the same text.</summary>
    private byte[] Digest(string purpose, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var label = Encoding.UTF8.GetBytes(purpose);
        var text = Encoding.UTF8.GetBytes(name);
        var message = new byte[sizeof(int) + label.Length + text.Length];
        BinaryPrimitives.WriteInt32BigEndian(message, label.Length);
        label.CopyTo(message, sizeof(int));
        text.CopyTo(message, sizeof(int) + label.Length);
        return HMACSHA256.HashData(_key, message);
    }
}
