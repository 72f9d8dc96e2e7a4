using System.Security.Cryptography;

namespace Stillwatch.Evidence.Sharing.Stix;

/// <summary>UUIDs of version 5: the first 16 bytes of SHA-1 over a namespace and a name (RFC 9562, 5.5).</summary>
internal static class NameBasedUuid
{
    private const int UuidBytes = 16;

    public static Guid Of(Guid space, ReadOnlySpan<byte> name)
    {
        var message = new byte[UuidBytes + name.Length];
        space.TryWriteBytes(message, bigEndian: true, out _);
        name.CopyTo(message.AsSpan(UuidBytes));
#pragma warning disable CA5350 // The standard fixes SHA-1; nothing relies on its resistance to collisions.
        var hash = SHA1.HashData(message).AsSpan(0, UuidBytes);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0f) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
